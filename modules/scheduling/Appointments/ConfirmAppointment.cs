using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient said that they will come, or was told of a change.</summary>
public sealed class ConfirmAppointment(SchedulingDb db, IMessageBus bus, ILive live) : VisitStep(db, bus, live)
{
    [HttpPost("/scheduling/appointments/{id:guid}/confirm")]
    [Needs("scheduling.visit.book")]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, Step.Confirm(Actor.Name), visit => $"{visit.PatientName} confirmed", ct);

    [HttpPost("/scheduling/appointments/{id:guid}/told")]
    [Needs("scheduling.visit.book")]
    public Task<IActionResult> Told([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, (visit, now) => visit.Tell(now, Actor.Name), null, visit => $"{visit.PatientName} was told", ct);
}
