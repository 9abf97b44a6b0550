using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>Whether a coverage holds on a day: asked once, and again when somebody wants to know anew.</summary>
public sealed class EligibilityQuestion : IVersioned, IOfPatient
{
    public const string ToSend = "to-send", Sent = "sent", Answered = "answered";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid CoverageId { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public DateOnly Day { get; init; }
    public string State { get; private set; } = ToSend;
    public DateTimeOffset AskedAt { get; private set; }
    public required string AskedBy { get; set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>BHT03 of the file that it went with: a payer that refuses a whole file names only this.</summary>
    public string? Reference { get; private set; }

    /// <summary>TRN02.</summary>
    public string Trace => Id.ToString("N").ToUpperInvariant();

    public void Ask(DateTimeOffset now, string by) => (State, AskedAt, AskedBy) = (ToSend, now, by);

    public void Send(string reference, DateTimeOffset now) => (State, Reference, SentAt) = (Sent, reference, now);

    /// <summary>A payer that is out of reach for the moment (AAA03 42) is asked again with the next file.</summary>
    public void Answer(bool again) => State = again ? ToSend : Answered;
}
