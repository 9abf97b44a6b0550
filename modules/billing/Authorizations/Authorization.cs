using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>What a payer allows beforehand, or a referral that it wants on the claim: from the first request until it is used up or over.</summary>
public sealed class Authorization : IVersioned, IOfPatient, IOwned
{
    public const string ToRequest = "to-request", Requested = "requested", Approved = "approved", Denied = "denied", Ended = "ended";
    public const string Prior = "authorization", Referral = "referral";

    public static IReadOnlyDictionary<string, string> Kinds { get; } =
        new Dictionary<string, string> { [Prior] = "Authorization", [Referral] = "Referral" };

    public static IReadOnlyDictionary<string, string> States { get; } = new Dictionary<string, string>
    {
        [ToRequest] = "To request", [Requested] = "Requested", [Approved] = "Approved", [Denied] = "Denied", [Ended] = "Ended",
    };

    public static readonly WorkQueue<Authorization> Queue =
        new("billing.authorization", "authorization", "/billing/authorizations", BillingPermissions.Authorize)
        {
            Open = a => a.State == ToRequest || a.State == Requested,
            DueOn = a => a.DueOn,
            Urgent = a => a.Expedited,
            Title = a => $"{(a.State == ToRequest ? "Request" : "Follow up")} {Kinds[a.Kind].ToLowerInvariant()}: {a.PatientName}, {a.What}",
            Link = a => a.Url,
            Why = (a, _) => a.State == ToRequest ? $"{a.Payer} wants it, and nobody has asked yet; needed by {a.DueOn:MM/dd/yyyy}."
                : $"{a.Payer} was asked on {a.RequestedOn:MM/dd/yyyy} and is to answer by {a.DueOn:MM/dd/yyyy}.",
        };

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public required string PatientName { get; init; }
    public Guid PayerId { get; set; }
    public string Payer { get; set; } = "";

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public string Kind { get; set; } = Prior;

    /// <summary>One of <see cref="States"/>.</summary>
    public string State { get; set; } = ToRequest;

    /// <summary>As the payer gave it: REF*G1 of an authorization, REF*9F of a referral.</summary>
    public string? Number { get; set; }
    public string What { get; set; } = "";
    public List<string> Codes { get; set; } = [];

    /// <summary>Name of the appointment type; null: any.</summary>
    public string? VisitType { get; set; }

    /// <summary>Null: any provider.</summary>
    public Guid? ProviderId { get; set; }

    /// <summary>Null: no limit.</summary>
    public int? Visits { get; set; }

    /// <summary>Kept visits that used it; the database counts.</summary>
    public int Used { get; private set; }
    public DateOnly? ValidFrom { get; set; }

    /// <summary>The last day; null: no end.</summary>
    public DateOnly? ValidTo { get; set; }
    public bool Expedited { get; set; }
    public DateOnly? RequestedOn { get; set; }
    public DateOnly? DecidedOn { get; set; }

    /// <summary>Needed by, or once it is asked for, to be answered by.</summary>
    public DateOnly DueOn { get; set; }
    public string? Note { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }

    public string Url => $"/billing/authorizations/edit/{PatientId}/{Id}";

    /// <summary>Null: no limit.</summary>
    public int? Left => Visits - Used;

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("state", "State", v => States.GetValueOrDefault(v, v)), new("number", "Number"), new("visits", "Visits"), new("valid_from", "From"),
        new("valid_to", "Last day"), new("requested_on", "Requested on"), new("decided_on", "Answered on"), new("due_on", "Due"),
        new("payer", "Payer"), new("what", "For"), new("visit_type", "Visit type"), new("expedited", "Expedited"), new("note", "Note"),
    ];

    public static string Tone(string state) => state switch { Approved => "ok", Denied => "bad", Ended => "", Requested => "info", _ => "warn" };

    /// <summary>Whether it holds for a visit, however many of it are left.</summary>
    public bool Fits(DateOnly day, Guid? provider, string? type, IReadOnlySet<Guid> payers) =>
        State == Approved && payers.Contains(PayerId) && ValidFrom <= day && (ValidTo is null || day <= ValidTo)
        && (ProviderId is null || ProviderId == provider) && (VisitType is null || string.Equals(VisitType, type, StringComparison.OrdinalIgnoreCase));
}
