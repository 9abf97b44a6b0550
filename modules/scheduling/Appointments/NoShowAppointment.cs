using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient did not come; the time stays theirs.</summary>
public sealed class NoShowAppointment(SchedulingDb db, VisitDesk desk) : VisitStep(db, desk)
{
    [HttpPost("/scheduling/appointments/{id:guid}/no-show")]
    [Needs(SchedulingPermissions.CheckIn)]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, WantedStep.NoShow(Actor.Name), visit => $"{visit.PatientName} marked as a no-show", ct);
}
