using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A visit is for another case: another coverage pays.</summary>
public static class VisitCaseHandler
{
    public static Task HandleAsync(VisitCaseChanged message, VisitEncounters encounters, DateTimeOffset now, CancellationToken ct) =>
        encounters.HearAsync(message.Visit, null, now, ct);
}
