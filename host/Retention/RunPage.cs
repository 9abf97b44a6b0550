using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>One run: what it proposes, what is left out, who is asked, how far it is.</summary>
[OpenTo(Audience.SignedIn, "Opens to whoever proposes and to whoever decides on disposals, checked inside.")]
public sealed class RunPage(RetentionDb db, DisposalProposals proposals, RetentionClasses classes, Work work) : Slice
{
    public sealed record Model(DisposalRun Run, IReadOnlyList<DisposalKind> Kinds, ListPage<DisposalItem> Items, int Left, bool Manages, string? Why);

    [HttpGet("/retention/runs/{id:guid}")]
    public Task<IActionResult> Get(Guid id, ListQuery query, CancellationToken ct) => ShowAsync(id, query, null, ct);

    /// <summary>Leaves records out of this run; the next one proposes them again.</summary>
    [HttpPost("/retention/runs/{run:guid}/leave-out")]
    [Needs(RetentionClasses.Manage)]
    public async Task<IActionResult> LeaveOut(Guid run, Guid[] id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        if (!await db.Runs.AnyAsync(r => r.Id == run && r.State == DisposalState.Review, ct))
        {
            return Done($"/retention/runs/{run}", "This run is not in review any more.");
        }

        var left = await work.Connection.ExecuteAsync(
            "update core.disposal_items set state = 'left-out', why = $3 where run_id = $1 and id = any($2) and state = 'proposed'",
            [run, id, $"Left out by {Actor.Name}"], ct);
        await write.CommitAsync(ct);
        return Done($"/retention/runs/{run}", left == 0 ? "Choose a record first." : $"{Said.Many(left, "record")} left out.");
    }

    /// <param name="why">Why they go; the second person reads it.</param>
    [HttpPost("/retention/runs/{id:guid}/ask")]
    [Needs(RetentionClasses.Manage), StepUp]
    public async Task<IActionResult> Ask(Guid id, string? why, CancellationToken ct)
    {
        if (!await db.Runs.AnyAsync(r => r.Id == id, ct))
        {
            return NotFound();
        }

        if (await proposals.AskAsync(id, why, ct) is not { } refused)
        {
            return Done($"/retention/runs/{id}", "A second person is asked. Nothing goes before they agree.");
        }

        Refuse(nameof(Model.Why), refused);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(id, new(), why, ct);
    }

    [HttpPost("/retention/runs/{id:guid}/discard")]
    [Needs(RetentionClasses.Manage)]
    public async Task<IActionResult> Discard(Guid id, CancellationToken ct) => !await db.Runs.AnyAsync(r => r.Id == id, ct) ? NotFound()
        : Done($"/retention/runs/{id}", await proposals.DiscardAsync(id, ct) ?? "The run is discarded. Nothing was disposed of.");

    private async Task<IActionResult> ShowAsync(Guid id, ListQuery query, string? why, CancellationToken ct)
    {
        if (!(Actor.Can(RetentionClasses.Manage) || Actor.Can(RetentionClasses.Approve)) || await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } run)
        {
            return NotFound();
        }

        var kinds = await db.Kinds.AsNoTracking().Where(k => k.RunId == id).OrderBy(k => k.Title).ToListAsync(ct);
        return await ListAsync(List(kinds), db.Items.AsNoTracking().Where(i => i.RunId == id), query, async page => new Model(run, kinds, page,
            await db.Items.CountAsync(i => i.RunId == id && i.State == DisposalItemState.Proposed, ct), Actor.Can(RetentionClasses.Manage), why), ct);
    }

    private ListDefinition<DisposalItem> List(List<DisposalKind> kinds)
    {
        var titles = kinds.ToDictionary(k => k.Kind, k => k.Title);
        return new("core.disposal-items", "Records of this run")
        {
            Id = i => i.Id, Order = "number", Search = new("Record", i => i.Label),
            Filters =
            [
                new("kind", "Records", "All kinds", titles, v => i => i.Kind == v),
                new("state", "State", "Any state", States.Choices<DisposalItemState>(), v => StateIs(v)),
            ],
            Columns =
            [
                new("number", "No.", i => i.Number) { Sort = i => i.Number, Right = true },
                new("record", "Record", i => i.Label ?? $"{i.RecordId}") { Sort = i => i.Label, Main = true },
                new("kind", "Kind", i => titles.GetValueOrDefault(i.Kind) ?? i.Kind) { Class = "muted" },
                new("starts", "Began", i => i.StartsOn) { Sort = i => i.StartsOn, Class = "num" },
                new("until", "Kept until", i => i.KeptUntil) { Sort = i => i.KeptUntil, Class = "num" },
                new("begins", "Begins with", i => classes.Find(i.Kind)?.Class.Begins) { FileOnly = true },
                new("state", "State", i => i.State.Title()),
                new("why", "Why", i => i.Why) { Class = "muted" },
            ],
        };
    }

    private static System.Linq.Expressions.Expression<Func<DisposalItem, bool>> StateIs(string word)
    {
        var state = States.Read<DisposalItemState>(word);
        return i => i.State == state;
    }
}
