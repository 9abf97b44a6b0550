using Modular.Billing.Eligibility;
using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Billing.Reactions;

/// <summary>
/// Every booking is known for its coverage and authorization. Visits that were kept before billing was turned on, from the day the practice chose,
/// are charged; a booking of today has nothing to charge.
/// </summary>
public static class VisitSnapshotHandler
{
    public static async Task HandleAsync(
        AppointmentBooked message, VisitEncounters encounters, KnownVisits visits, Envelope envelope, DateTimeOffset now, CancellationToken ct)
    {
        if (envelope.Filling && message.Visit.Status == "checked-out")
        {
            await encounters.HearAsync(message.Visit, null, now, ct);
        }

        await visits.HearAsync(message.Visit, ct);
    }
}
