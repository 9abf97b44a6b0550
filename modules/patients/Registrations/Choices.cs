using Microsoft.AspNetCore.Mvc.Rendering;

namespace Modular.Patients.Registrations;

/// <summary>What a field of a patient may hold, as stored and as the office reads it.</summary>
public static class Choices
{
    public static IReadOnlyDictionary<string, string> Sex { get; } = Of("F", "Female", "M", "Male", "X", "Nonbinary", "U", "Not known");

    public static IReadOnlyDictionary<string, string> Marital { get; } = Of(
        "single", "Single", "married", "Married", "divorced", "Divorced", "widowed", "Widowed", "separated", "Separated", "partner", "Domestic partner");

    public static IReadOnlyDictionary<string, string> Ethnicity { get; } = Of(
        "hispanic", "Hispanic or Latino", "nonhispanic", "Not Hispanic or Latino", "declined", "Declined to say");

    /// <summary>The categories of the federal standard for race that registration systems report.</summary>
    public static IReadOnlyDictionary<string, string> Race { get; } = Of(
        "white", "White", "black", "Black or African American", "asian", "Asian", "native", "American Indian or Alaska Native",
        "hawaiian", "Native Hawaiian or Pacific Islander", "other", "Other", "declined", "Declined to say");

    public static IReadOnlyDictionary<string, string> Language { get; } = Of(
        "en", "English", "es", "Spanish", "zh", "Chinese", "vi", "Vietnamese", "tl", "Tagalog", "ar", "Arabic", "fr", "French", "ht", "Haitian Creole",
        "ko", "Korean", "pt", "Portuguese", "ru", "Russian", "de", "German", "pl", "Polish", "so", "Somali", "hi", "Hindi", "ase", "American Sign Language");

    public static IReadOnlyDictionary<string, string> Channel { get; } = Of(
        "mobile", "Mobile phone", "home", "Home phone", "work", "Work phone", "email", "E-mail", "mail", "Letter", "none", "No contact");

    /// <summary>What a patient is to the subscriber of a plan: the individual relationships of a claim.</summary>
    public static IReadOnlyDictionary<string, string> Relationship { get; } = Of(
        "self", "Self", "spouse", "Spouse", "child", "Child", "partner", "Life partner", "employee", "Employee", "organ-donor", "Organ donor",
        "cadaver-donor", "Cadaver donor", "other", "Other", "unknown", "Not known");

    public static IReadOnlyDictionary<string, string> Interpreter { get; } = Of("spoken", "Interpreter", "sign", "Sign language interpreter");

    public static IReadOnlyDictionary<string, string> TextConsent { get; } = Of("yes", "May be texted", "no", "No texts");

    public static IReadOnlyDictionary<string, string> VoiceMessages { get; } = Of("full", "May leave details", "call-back", "Ask to call back only", "none", "Leave no message");

    public static IReadOnlyDictionary<string, string> Employment { get; } = Of(
        "full-time", "Full time", "part-time", "Part time", "self", "Self-employed", "retired", "Retired", "student", "Student", "none", "Not employed");

    public static IReadOnlyDictionary<string, string> HeardFrom { get; } = Of(
        "friend", "Friend or family", "doctor", "Another doctor", "web", "Web search", "insurance", "Insurance directory", "sign", "Walked by", "event", "Event", "other", "Other");

    /// <summary>What somebody is to the patient.</summary>
    public static IReadOnlyDictionary<string, string> ContactRelationship { get; } = Of(
        "spouse", "Spouse", "parent", "Parent", "guardian", "Guardian", "child", "Child", "sibling", "Brother or sister", "grandparent", "Grandparent",
        "partner", "Partner", "friend", "Friend", "caregiver", "Caregiver", "attorney", "Attorney", "other", "Other");

    public static IReadOnlyDictionary<string, string> Authority { get; } = Of(
        "parent", "Parent of a minor", "guardian", "Legal guardian", "power-of-attorney", "Power of attorney", "health-care-proxy", "Health care proxy",
        "representative", "Personal representative");

    public static string Label(this IReadOnlyDictionary<string, string> choices, string? value) =>
        value is null ? "" : choices.GetValueOrDefault(value, value);

    /// <param name="blank">The first choice, for no answer; none when left out.</param>
    public static IEnumerable<SelectListItem> Items(this IReadOnlyDictionary<string, string> choices, string? blank = null) =>
        [.. blank is null ? [] : new[] { new SelectListItem(blank, "") }, .. choices.Select(c => new SelectListItem(c.Value, c.Key))];

    private static Dictionary<string, string> Of(params string[] pairs) =>
        pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
