using Modular.Billing.Eligibility;
using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A check-out that was not meant: its encounter is void, and what was posted is reversed.</summary>
public static class VisitTakenBackHandler
{
    public static async Task HandleAsync(
        StepTakenBack message, VisitEncounters encounters, KnownVisits visits, DateTimeOffset now, CancellationToken ct)
    {
        await encounters.HearAsync(message.Visit, null, now, ct);
        await visits.HearAsync(message.Visit, ct);
    }
}
