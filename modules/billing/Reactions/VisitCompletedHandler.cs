using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A kept visit is to be charged.</summary>
public static class VisitCompletedHandler
{
    public static Task HandleAsync(VisitCompleted message, VisitEncounters encounters, DateTimeOffset now, CancellationToken ct) =>
        encounters.HearAsync(message.Visit, message, now, ct);
}
