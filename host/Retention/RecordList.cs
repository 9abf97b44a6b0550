using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>The records of a run, of the newest one when none is named; those that are still needed are left out here.</summary>
[OpenTo(Audience.SignedIn, "Opens to whoever proposes and to whoever decides on disposals, checked inside.")]
public sealed class RecordList(RetentionDb db, RetentionClasses classes, Work work) : Slice
{
    public sealed record Model(DisposalRun? Run, ListPage<DisposalItem> Items, bool Review);

    [HttpGet("/retention/records")]
    public async Task<IActionResult> Get(ListQuery query, Guid? run, CancellationToken ct)
    {
        if (!(Actor.Can(RetentionClasses.Manage) || Actor.Can(RetentionClasses.Approve)))
        {
            return NotFound();
        }

        var of = await db.Runs.AsNoTracking().Where(r => run == null || r.Id == run).OrderByDescending(r => r.ProposedAt).FirstOrDefaultAsync(ct);
        if (of is null && run is not null)
        {
            return NotFound();
        }

        var id = of?.Id ?? Guid.Empty;
        var kinds = await db.Kinds.AsNoTracking().Where(k => k.RunId == id).OrderBy(k => k.Title).ToDictionaryAsync(k => k.Kind, k => k.Title, ct);
        return await ListAsync(List(kinds), db.Items.AsNoTracking().Where(i => i.RunId == id), query, page => Task.FromResult<object>(
            new Model(of, page, of?.State == DisposalState.Review && Actor.Can(RetentionClasses.Manage))), ct);
    }

    /// <summary>Leaves records out of this run; the next one proposes them again.</summary>
    [HttpPost("/retention/records/leave-out")]
    [Needs(RetentionClasses.Manage)]
    public async Task<IActionResult> LeaveOut(Guid run, Guid[] id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        if (!await db.Runs.AnyAsync(r => r.Id == run && r.State == DisposalState.Review, ct))
        {
            return Done("/retention/runs", "This run is not in review any more.");
        }

        var left = await work.Connection.ExecuteAsync(
            "update core.disposal_items set state = 'left-out', why = $3 where run_id = $1 and id = any($2) and state = 'proposed'",
            [run, id, $"Left out by {Actor.Name}"], ct);
        await write.CommitAsync(ct);
        return Done($"/retention/records?run={run}", left == 0 ? "Choose a record first." : $"{Said.Many(left, "record")} left out.");
    }

    private ListDefinition<DisposalItem> List(IReadOnlyDictionary<string, string> kinds) => new("core.disposal-items", "Records of a disposal run")
    {
        Id = i => i.Id, Order = "number", Search = new("Record", i => i.Label), Also = ["run"],
        Filters =
        [
            new("kind", "Records", "All kinds", kinds, v => i => i.Kind == v),
            new("state", "State", "Any state", States.Choices<DisposalItemState>(), Is),
        ],
        Columns =
        [
            new("number", "No.", i => i.Number) { Sort = i => i.Number, Right = true },
            new("record", "Record", i => i.Label ?? $"{i.RecordId}") { Main = true },
            new("kind", "Kind", i => kinds.GetValueOrDefault(i.Kind) ?? i.Kind) { Class = "muted" },
            new("starts", "Began", i => i.StartsOn) { Sort = i => i.StartsOn, Class = "num" },
            new("until", "Kept until", i => i.KeptUntil) { Sort = i => i.KeptUntil, Class = "num" },
            new("begins", "Begins with", i => classes.Find(i.Kind)?.Class.Begins) { FileOnly = true },
            new("state", "State", i => i.State.Title()),
            new("why", "Why", i => i.Why) { Class = "muted", Optional = 1 },
        ],
    };

    private static Expression<Func<DisposalItem, bool>> Is(string word)
    {
        var state = States.Read<DisposalItemState>(word);
        return i => i.State == state;
    }
}
