using Modular.Sdk;

namespace Modular.Billing.Inbox;

public enum OutsideState
{
    Waiting,
    Taken,
    Dismissed,
}

/// <summary>A charge that another program sent: taken into an encounter, or waiting with the reason why it was not.</summary>
public sealed class OutsideCharge : IVersioned, IAtLocation, IOfPatient, IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid LocationId { get; init; }
    public required string Zone { get; init; }

    /// <summary>program, import or hl7.</summary>
    public required string Way { get; init; }
    public required string Sender { get; init; }
    public required string OutsideId { get; init; }
    public required string Digest { get; init; }

    /// <summary>JSON of an <see cref="OutsideContent"/>.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public Guid? PatientId { get; private set; }

    /// <summary>As the sender names them.</summary>
    public required string Patient { get; init; }
    public required DateOnly ServiceOn { get; init; }
    public OutsideState State { get; private set; }

    /// <summary>Why it waits, or why it was dismissed.</summary>
    public string? Reason { get; private set; }
    public Guid? EncounterId { get; private set; }
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }
    public List<StepLine<OutsideCharge>> History { get; } = [];

    public string Url => $"/billing/inbox/{Id}";

    public string? Take(Guid patient, Guid encounter, DateTimeOffset now, string by) => OutsideSteps.Take.Take(this, now, by, _ =>
    {
        (PatientId, EncounterId, Reason) = (patient, encounter, null);
        return StepOutcome.Taken("Taken into the charges", "ok");
    });

    /// <summary>It could not be taken: it waits for somebody.</summary>
    public void Wait(string reason, Guid? patient, DateTimeOffset now, string by)
    {
        var said = reason.Length > 500 ? reason[..500] : reason;
        if (said != Reason)
        {
            (Reason, PatientId) = (said, patient ?? PatientId);
            OutsideSteps.All.Note(this, now, by, said, "warn");
        }
    }

    public string? Dismiss(string? reason, DateTimeOffset now, string by) => OutsideSteps.Dismiss.Take(this, now, by, _ =>
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say why it is not charged.");
        }

        Reason = reason;
        return StepOutcome.Taken($"Dismissed: {reason}", "warn");
    });
}

public static class OutsideSteps
{
    public static readonly Steps<OutsideCharge,
        OutsideState> All = new("charge from outside", c => c.State, c => c.History, c => $"the one of {c.Patient}");

    public static readonly Step<OutsideCharge, OutsideState> Take = All.From(OutsideState.Waiting)
        .To(OutsideState.Taken, "take", BillingPermissions.Charge, c => $"It is {c.State.Title().ToLowerInvariant()} already.",
            canBeTakenBack: false);

    public static readonly Step<OutsideCharge, OutsideState> Dismiss = All.From(OutsideState.Waiting)
        .To(OutsideState.Dismissed, "dismiss", BillingPermissions.Charge, c => $"It is {c.State.Title().ToLowerInvariant()} already.");
}
