using Modular.Billing.Eligibility;
using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A visit is for another case: another coverage pays.</summary>
public static class VisitCaseHandler
{
    public static async Task HandleAsync(
        VisitCaseChanged message, VisitEncounters encounters, KnownVisits visits, DateTimeOffset now, CancellationToken ct)
    {
        await encounters.HearAsync(message.Visit, null, now, ct);
        await visits.HearAsync(message.Visit, ct);
    }
}
