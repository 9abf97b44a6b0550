using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient is here.</summary>
public sealed class ArriveAppointment(SchedulingDb db, IMessageBus bus, ILive live) : VisitStep(db, bus, live)
{
    [HttpPost("/scheduling/appointments/{id:guid}/arrive")]
    [Needs("scheduling.visit.check-in")]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, Step.Arrive(Actor.Name), visit => $"{visit.PatientName} arrived", ct);
}
