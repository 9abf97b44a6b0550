using Modular.Sdk;

namespace Modular.Billing.Enrollments;

/// <summary>Whether a payer takes a transaction from an entity, for all who work in its name or for one provider.</summary>
public sealed class Enrollment : IVersioned
{
    public const string ToDo = "to-do", Sent = "sent", Approved = "approved", Refused = "refused", Ended = "ended", NotNeeded = "not-needed";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PayerId { get; init; }
    public Guid EntityId { get; init; }

    /// <summary>Null: for the entity and whoever works in its name.</summary>
    public Guid? ProviderId { get; set; }

    /// <summary>One of <see cref="Transactions"/>.</summary>
    public required string Transaction { get; set; }

    /// <summary>One of <see cref="States"/>.</summary>
    public string State { get; set; } = ToDo;
    public DateOnly? SentOn { get; set; }

    /// <summary>The first day on which the payer takes it.</summary>
    public DateOnly? ApprovedFrom { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? EndedOn { get; set; }

    /// <summary>What the payer or the clearing house calls it.</summary>
    public string? Number { get; set; }
    public string? Note { get; set; }

    public static IReadOnlyDictionary<string, string> Transactions { get; } = new Dictionary<string, string>
    {
        ["837P"] = "Claims (837P)", ["835"] = "Remittances (835)", ["270"] = "Eligibility (270)", ["276"] = "Claim status (276)",
        ["EFT"] = "Payments by bank (EFT)",
    };

    public static IReadOnlyDictionary<string, string> States { get; } = new Dictionary<string, string>
    {
        [ToDo] = "To apply for", [Sent] = "Applied for", [Approved] = "Approved", [Refused] = "Refused", [Ended] = "Ended",
        [NotNeeded] = "Not needed",
    };

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("state", "State", v => States.GetValueOrDefault(v, v)), new("sent_on", "Applied on"), new("approved_from", "Approved from"),
            new("ended_on", "Last day"), new("number", "Number"), new("note", "Note"),
    ];

    /// <summary>Color of the state.</summary>
    public static string Tone(string? state) => state switch
    {
        Approved or NotNeeded => "ok",
        Sent => "info",
        Refused or Ended => "bad",
        _ => "warn"
    };

    /// <summary>Why nothing is sent on a day; null when it may be.</summary>
    public string? Reason(DateOnly day) => State switch
    {
        NotNeeded => null,
        Approved when day < ApprovedFrom => $"is approved from {ApprovedFrom:MM/dd/yyyy} on",
        Approved => EndedOn < day ? $"ended on {EndedOn:MM/dd/yyyy}" : null,
        // What was approved holds to its last day.
        Ended => ApprovedFrom <= day && day <= EndedOn ? null : $"ended on {EndedOn:MM/dd/yyyy}",
        Sent => SentOn is { } sent ? $"was applied for on {sent:MM/dd/yyyy} and is not approved" : "was applied for and is not approved",
        Refused => "was refused",
        _ => "has still to be applied for",
    };
}
