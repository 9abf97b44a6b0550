using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>Visits that were kept before billing was turned on, from the day the practice chose. A booking of today has nothing to charge.</summary>
public static class VisitSnapshotHandler
{
    public static Task HandleAsync(AppointmentBooked message, VisitEncounters encounters, Envelope envelope, DateTimeOffset now, CancellationToken ct) =>
        envelope.Filling && message.Visit.Status == "checked-out" ? encounters.HearAsync(message.Visit, null, now, ct) : Task.CompletedTask;
}
