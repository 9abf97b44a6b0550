using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient said that they will come, or was told of a change.</summary>
public sealed class ConfirmAppointment(SchedulingDb db, VisitDesk desk) : VisitStep(db, desk)
{
    [HttpPost("/scheduling/appointments/{id:guid}/confirm")]
    [Needs(SchedulingPermissions.Book)]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, WantedStep.Confirm(Actor.Name), visit => $"{visit.PatientName} confirmed", ct);

    [HttpPost("/scheduling/appointments/{id:guid}/told")]
    [Needs(SchedulingPermissions.Book)]
    public Task<IActionResult> Told([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, VisitSteps.Tell, (visit, now) => visit.Tell(now, Actor.Name), null, visit => $"{visit.PatientName} was told", ct);
}
