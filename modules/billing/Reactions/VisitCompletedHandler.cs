using Modular.Billing.Eligibility;
using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A kept visit is to be charged.</summary>
public static class VisitCompletedHandler
{
    public static async Task HandleAsync(
        VisitCompleted message, VisitEncounters encounters, KnownVisits visits, DateTimeOffset now, CancellationToken ct)
    {
        await encounters.HearAsync(message.Visit, message, now, ct);
        await visits.HearAsync(message.Visit, ct);
    }
}
