using Modular.Billing.Eligibility;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A visit has another time, provider or place.</summary>
public static class VisitMovedHandler
{
    public static Task HandleAsync(AppointmentMoved message, KnownVisits visits, CancellationToken ct) => visits.HearAsync(message.Visit, ct);
}
