using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The visit is over and the patient leaves.</summary>
public sealed class CheckOutAppointment(SchedulingDb db, IMessageBus bus, ILive live) : VisitStep(db, bus, live)
{
    [HttpPost("/scheduling/appointments/{id:guid}/check-out")]
    [Needs("scheduling.visit.check-in")]
    public Task<IActionResult> Post(Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version,
        (visit, now) => visit.CheckOut(now, Actor.Name),
        (visit, now) => new CheckedOut(visit.State(), now),
        visit => $"{visit.PatientName} checked out",
        ct);
}
