using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>How long records of each kind are kept, by which rule; and the way to a run over all of them.</summary>
[Needs(RetentionClasses.Manage)]
public sealed class RetentionClassList(RetentionClasses classes, RetentionDb db, DisposalProposals proposals, ScopeContext scope) : Slice
{
    /// <param name="Term">In words; for records without a time of their own, why.</param>
    public sealed record Row(string Id, string Title, string Module, bool Off, string Term, string? Begins, string? Citation, DateOnly? AsOf,
        bool Held);

    public sealed record Model(ListPage<Row> Classes, DisposalRun? Open);

    internal static readonly ListDefinition<Row> List = new("core.retention", "Kept by law")
    {
        Order = "title", Search = new("Records or rule", r => r.Title, r => r.Citation),
        Columns =
        [
            new("title", "Records", r => r.Title)
            {
                Sort = r => r.Title, Main = true, Marks = Marks, Drawer = true, Href = r => r.AsOf is null ? null : $"/retention/terms/{r.Id}",
            },
            new("module", "Module", r => r.Module) { Sort = r => r.Module, Class = "muted", Optional = 1 },
            new("term", "Kept for", r => r.Term),
            new("begins", "Begins with", r => r.Begins),
            new("citation", "Rule", r => r.Citation) { Sort = r => r.Citation },
            new("as-of", "Read on", r => r.AsOf) { Sort = r => r.AsOf, Class = "num", Optional = 2 },
        ],
    };

    [HttpGet("/retention")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var held = await db.Holds.Where(h => h.ReleasedAt == null && h.Kind != null && h.RecordId == null).Select(h => h.Kind!).ToListAsync(ct);
        var terms = await db.Terms.ToDictionaryAsync(t => t.Kind, t => t.Years, ct);
        var rows = classes.All.Select(k => new Row(k.Class.Id, k.Class.Title, k.Module.Manifest.Name, !scope.Practice.IsOn(k.Module.Id),
                Term(k.Class, terms.GetValueOrDefault(k.Class.Id)), k.Class.Begins, k.Class.Citation, k.Class.AsOf, held.Contains(k.Class.Id)))
            .Concat(classes.Otherwise.Select(k => new Row(
                k.Kind.Id, k.Kind.Title, k.Module.Manifest.Name, !scope.Practice.IsOn(k.Module.Id), k.Kind.Why, null, null, null, false)));
        return await ListAsync(List, rows.AsQueryable(), query, async page => new Model(page, await OpenAsync(ct)), ct);
    }

    /// <summary>Looks through all kinds for what is over; nothing goes before it was reviewed and a second person agreed.</summary>
    [HttpPost("/retention/propose")]
    public async Task<IActionResult> Propose(CancellationToken ct)
    {
        if (await OpenAsync(ct) is { } open)
        {
            return Done($"/retention/runs/{open.Id}", "This run is open already. End or discard it before the next.");
        }

        try
        {
            var run = await proposals.ProposeAsync(null, null, ct);
            return Done($"/retention/runs/{run.Id}", "Records whose time is over are looked for.");
        }
        catch (DbUpdateException e) when (db.Explain(e) is { } refused)
        {
            return Done("/retention", refused.Sentence);
        }
    }

    private static string Term(RetentionClass kept, int own)
    {
        var law = $"{Said.Many(kept.Years, "year")}{(kept.Until is null ? "" : " or longer")}";
        return own <= kept.Years ? law : $"{Said.Many(own, "year")}, set here; the rule says {law}";
    }

    private Task<DisposalRun?> OpenAsync(CancellationToken ct) => db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.State == DisposalState.Collecting
        || r.State == DisposalState.Review || r.State == DisposalState.Asked || r.State == DisposalState.Running, ct);

    private static IEnumerable<Mark> Marks(Row row)
    {
        if (row.Held)
        {
            yield return new("On hold", "warn", "pause");
        }

        if (row.Off)
        {
            yield return new("Module is off");
        }
    }
}
