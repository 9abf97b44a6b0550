using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient is here.</summary>
public sealed class ArriveAppointment(SchedulingDb db, VisitDesk desk) : VisitStep(db, desk)
{
    [HttpPost("/scheduling/appointments/{id:guid}/arrive")]
    [Needs(SchedulingPermissions.CheckIn)]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, WantedStep.Arrive(Actor.Name), visit => $"{visit.PatientName} arrived", ct);
}
