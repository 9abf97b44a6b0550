using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Says which of the patient's cases a visit is for, so that the right payer is billed; until check-out.</summary>
public sealed class CaseOfAppointment(SchedulingDb db, VisitDesk desk, VisitCases cases) : VisitStep(db, desk)
{
    public sealed record Model(Visit Visit, CasePick Pick);

    [HttpGet("/scheduling/appointments/{id:guid}/case")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get([PatientOf<Visit>("case of a visit")] Guid id, CancellationToken ct)
    {
        if (await Db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        return Page(new Model(visit, await cases.KeepAsync(visit.PatientId, visit.Day, visit.CaseId, ct)));
    }

    [HttpPost("/scheduling/appointments/{id:guid}/case")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post([PatientOf<Visit>("visit")] Guid id, int version, Guid? @case, CancellationToken ct)
    {
        var chosen = await cases.FindAsync(@case, ct);
        var was = await Db.Visits.AsNoTracking().Where(v => v.Id == id).Select(v => v.CaseId).FirstOrDefaultAsync(ct);
        var before = await cases.FindAsync(was, ct);
        return await TakeAsync(
            id, version, VisitSteps.ChooseCase,
            (visit, now) => @case is not null && chosen is null ? "Choose a case of this patient from the list." : visit.Choose(chosen, before, now, Actor.Name),
            (visit, _) => new VisitCaseChanged(visit.State()),
            visit => $"{visit.PatientName}'s visit is for {(chosen is null ? "no case" : $"“{chosen.Title}”")}",
            ct);
    }
}
