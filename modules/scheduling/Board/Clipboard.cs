using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>Holds a visit for the person who cut it, until they paste it on another day or let it be.</summary>
public sealed class Clipboard(SchedulingDb db, ILive live) : Slice
{
    [HttpPost("/scheduling/board/clipboard/{id:guid}")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Hold([PatientOf<Visit>("visit")] Guid id, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit || Actor.PersonId is not { } me)
        {
            return NotFound();
        }

        if (visit.MayMove() is { } sentence)
        {
            return Said(visit.DayUrl, sentence, 409);
        }

        await db.Database.ExecuteSqlAsync($"insert into scheduling.clipboard (person_id, visit_id, at) values ({me}, {id}, {Clock.GetUtcNow()}) on conflict do nothing", ct);
        visit.Tell(live);
        return Said(visit.DayUrl, $"{visit.PatientName} is on your clipboard and keeps the time until pasted", 204);
    }

    [HttpPost("/scheduling/board/clipboard/{id:guid}/let")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Let([PatientOf<Visit>("visit")] Guid id, CancellationToken ct)
    {
        var me = Actor.PersonId ?? Guid.Empty;
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        await db.Clipboard.Where(c => c.PersonId == me && c.VisitId == id).ExecuteDeleteAsync(ct);
        visit.Tell(live);
        return Said(visit.DayUrl, $"{visit.PatientName} stays where they are", 204);
    }

    private IActionResult Said(string back, string text, int status)
    {
        if (!Request.WantsFragment())
        {
            return Done(back, text);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text }));
        return StatusCode(status);
    }
}
