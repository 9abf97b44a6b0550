using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>One run: what it proposes of each kind, who is asked, how far it is. Its records are a list of their own.</summary>
[OpenTo(Audience.SignedIn, "Opens to whoever proposes and to whoever decides on disposals, checked inside.")]
public sealed class RunPage(RetentionDb db, DisposalProposals proposals) : Slice
{
    /// <param name="Counts">Records of each kind by state.</param>
    public sealed record Model(
        DisposalRun Run, IReadOnlyList<DisposalKind> Kinds, IReadOnlyDictionary<(string Kind, DisposalItemState State), int> Counts, bool Manages,
            string? Why)
    {
        public int Of(DisposalItemState state) => Counts.Where(c => c.Key.State == state).Sum(c => c.Value);
    }

    [HttpGet("/retention/runs/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => await ModelAsync(id, null, ct) is { } model ? Page(model) : NotFound();

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
        return Invalid(await ModelAsync(id, why, ct));
    }

    [HttpPost("/retention/runs/{id:guid}/discard")]
    [Needs(RetentionClasses.Manage)]
    public async Task<IActionResult> Discard(Guid id, CancellationToken ct) => !await db.Runs.AnyAsync(r => r.Id == id, ct) ? NotFound()
        : Done($"/retention/runs/{id}", await proposals.DiscardAsync(id, ct) ?? "The run is discarded. Nothing was disposed of.");

    private async Task<Model?> ModelAsync(Guid id, string? why, CancellationToken ct)
    {
        var manages = Actor.Can(RetentionClasses.Manage);
        if (!(manages || Actor.Can(RetentionClasses.Approve)) || await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } run)
        {
            return null;
        }

        var counts = await db.Items.Where(i => i.RunId == id).GroupBy(i => new { i.Kind, i.State })
            .Select(g => new { g.Key.Kind, g.Key.State, Count = g.Count() })
            .ToDictionaryAsync(c => (c.Kind, c.State), c => c.Count, ct);
        return new(run, await db.Kinds.AsNoTracking().Where(k => k.RunId == id).OrderBy(k => k.Title).ToListAsync(ct), counts, manages, why);
    }
}
