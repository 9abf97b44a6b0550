using System.ComponentModel.DataAnnotations;

namespace Modular.Referrals.Referrals;

/// <summary>How soon the patient must be seen.</summary>
public static class Urgency
{
    public const string Routine = "routine", Urgent = "urgent", Emergency = "emergency";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Routine] = "Routine", [Urgent] = "Urgent", [Emergency] = "Emergency",
    };

    public static string Tone(string urgency) => urgency switch { Emergency => "bad", Urgent => "warn", _ => "" };
}

/// <summary>Where a referral stands, in the order of the work.</summary>
public enum Step
{
    Written,
    [Display(Name = "Coverage checked")] Checked,
    Sent,
    [Display(Name = "Appointment made")] Booked,
    [Display(Name = "No-show")] Missed,
    Seen,
    [Display(Name = "Reply received")] Replied,
    Closed,
    Declined,
    Canceled,
}

/// <summary>What the plan said of an authorization.</summary>
public enum PlanAnswer
{
    [Display(Name = "Not needed")] None,
    [Display(Name = "Given by the plan")] Given,
    [Display(Name = "Asked for, waiting for the plan")] Waiting,
}

public static class Tones
{
    public static string Tone(this Step step) => step switch
    {
        Step.Closed or Step.Replied => "ok",
        Step.Declined or Step.Canceled or Step.Missed => "bad",
        _ => "info",
    };
}

/// <summary>The choices of the forms, as they are kept and as they are said.</summary>
public static class Choices
{
    public static IReadOnlyDictionary<string, string> Ways { get; } = new Dictionary<string, string>
    {
        ["fax"] = "Fax", ["mail"] = "Mail", ["portal"] = "Portal", ["phone"] = "Phone", ["hand"] = "By hand, with the patient",
    };

    public static IReadOnlyDictionary<string, string> Tellings { get; } = new Dictionary<string, string>
    {
        ["phone"] = "By phone", ["text"] = "By text", ["email"] = "By e-mail", ["mail"] = "By mail", ["here"] = "Here in the office",
    };
}
