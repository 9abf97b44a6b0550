using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>Disposals of the past and the one that is open.</summary>
[Needs(RetentionClasses.Manage)]
public sealed class RunList(RetentionDb db) : Slice
{
    public sealed record Row(Guid Id, DisposalState State, DateTimeOffset ProposedAt, string ProposedBy, string? DecidedBy,
        DateTimeOffset? EndedAt, int Gone, int Kept);

    internal static readonly ListDefinition<Row> List = new("core.disposal-runs", "Disposal runs")
    {
        Id = r => r.Id, Order = "-proposed",
        Columns =
        [
            new("proposed", "Proposed", r => r.ProposedAt) { Sort = r => r.ProposedAt, Main = true, Href = r => $"/retention/runs/{r.Id}" },
            new("by", "By", r => r.ProposedBy) { Sort = r => r.ProposedBy },
            new("state", "State", r => r.State.Title()),
            new("decided-by", "Decided by", r => r.DecidedBy),
            new("ended", "Ended", r => r.EndedAt) { Sort = r => r.EndedAt },
            new("gone", "Disposed of", r => r.Gone) { Right = true },
            new("kept", "Kept", r => r.Kept) { Right = true },
        ],
    };

    [HttpGet("/retention/runs")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var rows = await db.Runs.AsNoTracking().Select(r => new Row(r.Id, r.State, r.ProposedAt, r.ProposedBy, r.DecidedBy, r.EndedAt,
            db.Items.Count(i => i.RunId == r.Id && i.State == DisposalItemState.Disposed),
            db.Items.Count(i => i.RunId == r.Id && i.State == DisposalItemState.Kept))).ToListAsync(ct);
        return await ListAsync(List, rows.AsQueryable(), query, ct);
    }
}
