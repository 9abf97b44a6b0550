using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Takes back the last step of a visit: an arrival, a check-out, a no-show or a cancellation that was not meant.</summary>
public sealed class UndoAppointment(SchedulingDb db, IMessageBus bus, ILive live) : VisitStep(db, bus, live)
{
    [HttpPost("/scheduling/appointments/{id:guid}/undo")]
    [Needs("scheduling.visit.check-in")]
    public Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct)
    {
        var before = "";
        return TakeAsync(
            id, version,
            (visit, now) =>
            {
                before = visit.Status;
                var stage = visit.Stage;
                var refused = visit.TakeBack();
                if (refused is null)
                {
                    visit.Write($"Taken back: {(before == VisitStatus.Arrived && stage != Stage.Waiting ? Stage.Words(stage) : VisitStatus.Words(before))}", now, Actor.Name);
                }

                return refused;
            },
            (visit, _) => new StepTakenBack(visit.State(), before),
            visit => $"{visit.PatientName} is {(visit.Status == VisitStatus.Arrived ? Stage.Words(visit.Stage) : VisitStatus.Words(visit.Status))} again",
            ct);
    }
}
