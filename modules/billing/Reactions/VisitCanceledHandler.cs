using Modular.Billing.Eligibility;
using Modular.Scheduling.Messages;

namespace Modular.Billing.Reactions;

/// <summary>A visit that is canceled uses no authorization.</summary>
public static class VisitCanceledHandler
{
    public static Task HandleAsync(AppointmentCanceled message, KnownVisits visits, CancellationToken ct) => visits.HearAsync(message.Visit, ct);
}
