using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Forms of the practice, with how many were answered.</summary>
[Needs(FormKinds.Manage)]
public sealed class FormList(FormsDb db, FormKinds kinds) : Slice
{
    public sealed record Row(Guid Id, string Name, string Kind, int Version, bool Changed, bool Withdrawn, int Answered, int Waiting);

    internal static readonly ListDefinition<Row> List = new("core.forms", "Forms")
    {
        Id = f => f.Id, Order = "name", Search = new("Name", f => f.Name),
        Filters =
        [
            new("show", "Which forms", new Dictionary<string, string> { [""] = "In force", ["withdrawn"] = "Withdrawn", ["all"] = "All" },
                (v, _) => v switch { "withdrawn" => f => f.Withdrawn, "all" => null, _ => f => !f.Withdrawn }),
        ],
        Columns =
        [
            new("name", "Form", f => f.Name) { Sort = f => f.Name, Main = true, Href = f => $"/forms/show/{f.Id}" },
            new("kind", "Kind", f => f.Kind) { Sort = f => f.Kind, Class = "muted" },
            new("version", "Version", f => f.Version == 0 ? "None yet" : $"{f.Version}")
            {
                Right = true, Marks = f => f.Version > 0 && f.Changed && !f.Withdrawn ? [new("Draft not published", "warn", "edit")] : [],
            },
            new("answered", "Answered", f => f.Answered) { Sort = f => f.Answered, Right = true },
            new("waiting", "To review", f => f.Waiting) { Sort = f => f.Waiting, Right = true },
        ],
    };

    [HttpGet("/forms")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var titles = kinds.All.ToDictionary(k => k.Id, k => k.Title);
        string[] of = [.. titles.Keys];
        var rows = await db.Forms.AsNoTracking().Where(f => of.Contains(f.Kind)).Select(f => new Row(
            f.Id, f.Name, f.Kind, f.Current, f.Changed, f.WithdrawnAt != null,
            db.Answers.Count(a => a.FormId == f.Id && a.Number != null), db.Answers.Count(a => a.FormId == f.Id && a.State == FormState.Waiting)))
            .ToListAsync(ct);
        return await ListAsync(List, rows.ConvertAll(r => r with { Kind = titles[r.Kind] }).AsQueryable(), query, ct);
    }
}
