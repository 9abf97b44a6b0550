using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.RecordRequests;

/// <summary>Somebody asks for a copy of the record; the clock runs from the day it came.</summary>
public sealed class RecordRequest : IVersioned, IOfPatient
{
    /// <summary>30 days, and once 30 more with a written reason.</summary>
    public static readonly DeadlineRule Answer = new("45 CFR 164.524(b)(2)", Days: 30, Extension: 30);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public string Patient { get; set; } = "";
    public string Requester { get; set; } = "";
    public string RequesterKind { get; set; } = "patient";
    public string? Address { get; set; }

    /// <summary>By what right it is asked; unchecked until somebody looked.</summary>
    public string Authority { get; set; } = "unchecked";
    public string Scope { get; set; } = "";
    public string Format { get; set; } = "paper";
    public DateOnly ReceivedOn { get; set; }

    /// <summary>Runs from the day it was received until it is closed.</summary>
    public DeadlineClock Clock { get; set; } = DeadlineClock.Start(Answer, DateOnly.MinValue);
    public decimal? Fee { get; set; }
    public string? FeeFor { get; set; }
    public RequestStatus Status { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public string? ClosedBy { get; set; }
    public string? Outcome { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public static TaskEntry? Task(RecordRequest r) => r.Status != RequestStatus.Open ? null : new(
        $"{(r.Authority == "unchecked" ? "Check the right to ask and send" : "Send")} records of {r.Patient} to {r.Requester}",
        $"/patients/record-requests/{r.PatientId}/{r.Id}/edit",
        PatientsPermissions.Privacy,
        Role: Roles.FrontDesk,
        PatientId: r.PatientId)
    {
        DueOn = r.Clock.DueOn,
    };

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["patient"] = "The patient", ["representative"] = "Parent or representative", ["provider"] = "Another provider", ["insurer"] = "Insurer",
        ["attorney"] = "Attorney", ["court"] = "Court", ["agency"] = "Agency", ["other"] = "Other",
    };

    public static IReadOnlyDictionary<string, string> Authorities { get; } = new Dictionary<string, string>
    {
        ["unchecked"] = "Not checked yet", ["patient"] = "The patient, identity seen", ["representative"] = "Representative, papers seen", ["authorization"] = "Signed authorization",
        ["subpoena"] = "Subpoena or order", ["law"] = "Required by law", ["treatment"] = "Care by another provider",
    };

    public static IReadOnlyDictionary<string, string> Formats { get; } = new Dictionary<string, string>
    {
        ["paper"] = "Paper", ["disc"] = "Disc or stick", ["email"] = "E-mail", ["portal"] = "Download", ["fax"] = "Fax",
    };

    public static IReadOnlyDictionary<string, string> Statuses { get; } = States.Choices<RequestStatus>();

    /// <summary>Copies go out, or went: whoever asked may have them. Before the right to ask was looked at, nothing is printed.</summary>
    public bool MayGoOut => GoesOut(Status, Authority);

    public static bool GoesOut(RequestStatus? status, string? authority) =>
        status is RequestStatus.Open or RequestStatus.Sent && authority is not (null or "unchecked");

    /// <summary>The purpose its disclosure is written down with.</summary>
    public string Purpose => Authority switch { "patient" or "representative" => "patient", "authorization" => "authorization", "treatment" => "care", "subpoena" => "court", _ => "law" };
}

public enum RequestStatus
{
    Open,
    Sent,
    Denied,
    Withdrawn,
}

public sealed class RequestForm : IEditForm<RecordRequest>
{
    public int Version { get; set; }
    public string? Requester { get; set; }
    public string? RequesterKind { get; set; } = "patient";
    public string? Address { get; set; }
    public string? Authority { get; set; } = "unchecked";
    public string? Scope { get; set; }
    public string? Format { get; set; } = "paper";
    public string? ReceivedOn { get; set; }
    public string? ExtendedBecause { get; set; }
    public string? Fee { get; set; }
    public string? FeeFor { get; set; }
    public string? Status { get; set; } = RequestStatus.Open.Text();
    public string? Outcome { get; set; }

    public void Show(RecordRequest r)
    {
        (Requester, RequesterKind, Address, Authority, Scope, Format) = (r.Requester, r.RequesterKind, r.Address, r.Authority, r.Scope, r.Format);
        (ReceivedOn, ExtendedBecause, Fee, FeeFor) = (Said.ShortDay(r.ReceivedOn), r.Clock.ExtendedBecause, r.Fee?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), r.FeeFor);
        (Status, Outcome) = (r.Status.Text(), r.Outcome);
    }

    public void Write(RecordRequest r, Reading read)
    {
        r.Requester = read.Required(nameof(Requester), "Name of who asks", Requester, 120);
        r.RequesterKind = read.OneOf(nameof(RequesterKind), "Who asks", RequesterKind, RecordRequest.Kinds) ?? "patient";
        r.Address = read.Text(nameof(Address), "Address", Address, 300);
        r.Authority = read.OneOf(nameof(Authority), "Right to ask", Authority, RecordRequest.Authorities) ?? "unchecked";
        r.Scope = read.Required(nameof(Scope), "What is asked for", Scope, 500);
        r.Format = read.OneOf(nameof(Format), "Format", Format, RecordRequest.Formats) ?? "paper";
        r.ReceivedOn = read.Past(nameof(ReceivedOn), "Received", ReceivedOn) ?? (r.ReceivedOn == default ? read.Today : r.ReceivedOn);
        r.Fee = read.Money(nameof(Fee), Fee);
        r.FeeFor = read.Text(nameof(FeeFor), "Fee for", FeeFor, 200);
        if (r.Fee > 0 && r.FeeFor is null)
        {
            read.Refuse(nameof(FeeFor), "Say what the fee is for: only copying labor, supplies and postage may be charged (45 CFR 164.524(c)(4)).");
        }

        WriteEnd(r, read);
    }

    private void WriteEnd(RecordRequest r, Reading read)
    {
        r.Status = States.Find<RequestStatus>(read.OneOf(nameof(Status), "State", Status, RecordRequest.Statuses)) ?? default;
        r.Outcome = read.Text(nameof(Outcome), "Outcome", Outcome, 300);
        if (r.Status == RequestStatus.Sent && r.Authority == "unchecked")
        {
            read.Refuse(nameof(Authority), "Look at the right to ask before anything is sent.");
        }

        if (r.Status == RequestStatus.Denied && r.Outcome is null)
        {
            read.Refuse(nameof(Outcome), "Say why it is denied; the patient is told in writing.");
        }

        r.ClosedOn = r.Status == RequestStatus.Open ? null : r.ClosedOn ?? read.Today;
        WriteClock(r, read);
    }

    /// <summary>The form may correct each day of it, so that it is made anew.</summary>
    private void WriteClock(RecordRequest r, Reading read)
    {
        var extended = r.Clock.ExtendedBecause is not null;
        r.Clock = DeadlineClock.Start(RecordRequest.Answer, r.ReceivedOn);
        // The requester is told within the first 30 days (45 CFR 164.524(b)(2)(ii)): one that was extended in time stays so.
        if (read.Text(nameof(ExtendedBecause), "Reason", ExtendedBecause, 300) is { } because
            && r.Clock.Extend(RecordRequest.Answer, extended ? r.ReceivedOn : read.Today, because) is { } late)
        {
            read.Refuse(nameof(ExtendedBecause), late);
        }

        if (r.ClosedOn is { } closed && r.Clock.Stop(closed) is { } before)
        {
            read.Refuse(nameof(ReceivedOn), before);
        }
    }
}
