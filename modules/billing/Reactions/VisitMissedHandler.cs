using Modular.Billing.Eligibility;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A patient who did not come used nothing of an authorization.</summary>
public static class VisitMissedHandler
{
    public static Task HandleAsync(NoShow message, KnownVisits visits, CancellationToken ct) => visits.HearAsync(message.Visit, ct);
}
