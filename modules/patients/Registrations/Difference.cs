using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>One field that somebody else saved differently from what was typed.</summary>
public sealed record Difference(string Field, string Label, string? Saved, string? Typed)
{
    /// <summary>Fields whose words are not their name.</summary>
    private static readonly Dictionary<string, string> Called = new()
    {
        ["Ssn"] = "Social security number", ["Zip"] = "ZIP code", ["Email"] = "E-mail", ["Address2"] = "Apartment or unit", ["DriversLicense"] = "Driver's license",
        ["HeardFrom"] = "Heard of us from", ["HeardDetail"] = "Who or what", ["Marital"] = "Marital status", ["DeceasedOn"] = "Date of death", ["Npi"] = "NPI",
        ["TextConsent"] = "Text messages", ["VoiceMessages"] = "On voice mail", ["PreferredChannel"] = "Preferred contact", ["MemberId"] = "Member ID",
    };

    /// <param name="show">How a value is read by people, by field; as it stands when left out.</param>
    public static IReadOnlyList<Difference> Between<TForm>(TForm saved, TForm typed, Func<string, string?, string?>? show = null) =>
    [
        .. from field in Fields<TForm>()
            let theirs = Text(field.GetValue(saved))
            let mine = Text(field.GetValue(typed))
            where (Reading.Clean(theirs) ?? "") != (Reading.Clean(mine) ?? "")
            let shown = show ?? ((_, value) => value)
            select new Difference(field.Name, InWords(field.Name), shown(field.Name, theirs), shown(field.Name, mine)),
    ];

    /// <summary>After a conflict: takes the saved value of every field for which the person chose it over their own.</summary>
    public static void Take<TForm>(TForm saved, TForm typed, IReadOnlyDictionary<string, bool> theirs, ModelStateDictionary posted)
    {
        foreach (var field in Fields<TForm>().Where(f => theirs.GetValueOrDefault(f.Name)))
        {
            field.SetValue(typed, field.GetValue(saved));
            // A form that comes back shows what counts, not what was posted.
            posted.Remove($"Form.{field.Name}");
        }
    }

    private static IEnumerable<PropertyInfo> Fields<TForm>() =>
        typeof(TForm).GetProperties().Where(p => p.CanWrite && (p.PropertyType == typeof(string) || p.PropertyType == typeof(bool)));

    private static string? Text(object? value) => value is bool yes ? yes ? "Yes" : "No" : (string?)value;

    private static string InWords(string field)
    {
        var words = Called.GetValueOrDefault(field) ?? Names.Kebab(field).Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
