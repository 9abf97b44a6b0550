using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient did not come; the time stays theirs.</summary>
public sealed class NoShowAppointment(SchedulingDb db, IMessageBus bus, ILive live) : VisitStep(db, bus, live)
{
    [HttpPost("/scheduling/appointments/{id:guid}/no-show")]
    [Needs("scheduling.visit.check-in")]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, Step.NoShow(Actor.Name), visit => $"{visit.PatientName} marked as a no-show", ct);
}
