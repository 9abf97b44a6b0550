using Modular.Billing.Encounters;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A check-out that was not meant: its encounter is void, and what was posted is reversed.</summary>
public static class VisitTakenBackHandler
{
    public static Task HandleAsync(StepTakenBack message, VisitEncounters encounters, DateTimeOffset now, CancellationToken ct) =>
        encounters.HearAsync(message.Visit, null, now, ct);
}
