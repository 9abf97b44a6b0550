using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>What the pointer or the focus on a visit shows: who, phone, reason.</summary>
public sealed class PeekVisit(SchedulingDb db) : Slice
{
    public sealed record Model(Visit Visit, KnownPatient? Patient, string? Case, DateOnly Today);

    [HttpGet("/scheduling/board/peek/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("visit")] Guid id, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        return Fragment("_Peek", new Model(visit, await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == visit.PatientId, ct),
            await db.Cases.Where(c => c.Id == visit.CaseId).Select(c => c.Title).FirstOrDefaultAsync(ct), WallTime.Today(Clock, visit.Zone)));
    }
}
