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

/// <summary>Where a referral stands.</summary>
public static class Step
{
    public const string Written = "written", Checked = "checked", Sent = "sent", Booked = "booked", Missed = "missed", Seen = "seen", Replied = "replied",
        Closed = "closed", Declined = "declined", Canceled = "canceled";

    /// <summary>In the order of the work.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Written] = "Written", [Checked] = "Coverage checked", [Sent] = "Sent", [Booked] = "Appointment made", [Missed] = "No-show", [Seen] = "Seen", [Replied] = "Reply received",
        [Closed] = "Closed", [Declined] = "Declined", [Canceled] = "Canceled",
    };

    public static string Tone(string step) => step switch { Closed => "ok", Replied => "ok", Declined or Canceled or Missed => "bad", _ => "info" };
}

/// <summary>The choices of the forms, as they are kept and as they are said.</summary>
public static class Choices
{
    public static IReadOnlyDictionary<string, string> Authorizations { get; } = new Dictionary<string, string>
    {
        ["none"] = "Not needed", ["given"] = "Given by the plan", ["waiting"] = "Asked for, waiting for the plan",
    };

    public static IReadOnlyDictionary<string, string> Ways { get; } = new Dictionary<string, string>
    {
        ["fax"] = "Fax", ["mail"] = "Mail", ["portal"] = "Portal", ["phone"] = "Phone", ["hand"] = "By hand, with the patient",
    };

    public static IReadOnlyDictionary<string, string> Tellings { get; } = new Dictionary<string, string>
    {
        ["phone"] = "By phone", ["text"] = "By text", ["email"] = "By e-mail", ["mail"] = "By mail", ["here"] = "Here in the office",
    };
}
