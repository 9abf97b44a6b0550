using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>On paper: what a run disposed of, by which rules, who proposed and who agreed.</summary>
[Needs(RetentionClasses.Manage)]
public sealed class RunCertificate(RetentionDb db, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Line(DisposalKind Kind, int Gone, int Kept, int LeftOut, int NotReached, DateOnly? From, DateOnly? To);

    public sealed record Model(DisposalRun Run, IReadOnlyList<Line> Lines, string Zone);

    [HttpGet("/retention/runs/{id:guid}/certificate")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { HasEnded: true } run)
        {
            return NotFound();
        }

        log.Opened(id, "certificate of disposal");
        var counts = await db.Items.AsNoTracking().Where(i => i.RunId == id).GroupBy(i => new { i.Kind, i.State })
            .Select(g => new { g.Key.Kind, g.Key.State, Count = g.Count(), From = g.Min(i => i.StartsOn), To = g.Max(i => i.StartsOn) })
                .ToListAsync(ct);
        int Of(string kind, DisposalItemState state) => counts.Where(c => c.Kind == kind && c.State == state).Sum(c => c.Count);
        var kinds = await db.Kinds.AsNoTracking().Where(k => k.RunId == id).OrderBy(k => k.Title).ToListAsync(ct);
        return Page(new Model(run,
            [
                .. from kind in kinds
                   where counts.Exists(c => c.Kind == kind.Kind)
                   let gone = counts.Find(c => c.Kind == kind.Kind && c.State == DisposalItemState.Disposed)
                   select new Line(kind, gone?.Count ?? 0, Of(kind.Kind, DisposalItemState.Kept), Of(kind.Kind, DisposalItemState.LeftOut),
                       Of(kind.Kind, DisposalItemState.Proposed), gone?.From, gone?.To),
            ], practice.Zone));
    }
}
