using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Takes back the last step of a visit: an arrival, a check-out, a no-show or a cancellation that was not meant.</summary>
public sealed class UndoAppointment(SchedulingDb db, VisitDesk desk) : VisitStep(db, desk)
{
    [HttpPost("/scheduling/appointments/{id:guid}/undo")]
    [Needs(SchedulingPermissions.Read)] // and what the step that is taken back needs
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct)
    {
        VisitStatus before = default;
        return TakeAsync(
            id, version, null,
            (visit, now) =>
            {
                before = visit.Status;
                return visit.TakeBack(now, Actor.Name);
            },
            (visit, _) => new StepTakenBack(visit.State(), before.Text()),
            visit => $"{visit.PatientName} is {(visit.Status == VisitStatus.Arrived ? visit.Stage.Words() : visit.Status.Words())} again",
            ct);
    }
}
