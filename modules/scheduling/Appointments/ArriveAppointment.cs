using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The patient is here.</summary>
public sealed class ArriveAppointment(SchedulingDb db, IMessageBus bus, ILive live) : VisitStep(db, bus, live)
{
    [HttpPost("/scheduling/appointments/{id:guid}/arrive")]
    [Needs("scheduling.visit.check-in")]
    public Task<IActionResult> Post(Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version,
        (visit, now) => visit.Arrive(now, Actor.Name),
        (visit, now) => new Arrived(visit.State(), now),
        visit => $"{visit.PatientName} arrived",
        ct);
}
