using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Documents that people have to read, with how many signed.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class DocumentList(AcknowledgementsDb db, DocumentKinds kinds) : Slice
{
    public sealed record Row(Guid Id, string Name, string Kind, int Version, bool Withdrawn, int Signed, int Waiting, int Overdue);

    internal static readonly ListDefinition<Row> List = new("core.reading-documents", "Documents to read")
    {
        Id = d => d.Id, Order = "name", Search = new("Name", d => d.Name),
        Filters =
        [
            new("show", "Which documents", new Dictionary<string, string>
            {
                [""] = "In force", ["withdrawn"] = "Withdrawn", ["all"] = "All",
            }, (v, _) => v switch
            {
                "withdrawn" => d => d.Withdrawn,
                "all" => null,
                _ => d => !d.Withdrawn,
            }),
        ],
        Columns =
        [
            new("name", "Document", d => d.Name) { Sort = d => d.Name, Main = true, Href = d => $"/acknowledgements/show/{d.Id}" },
            new("kind", "Kind", d => d.Kind) { Sort = d => d.Kind, Class = "muted" },
            new("version", "Version", d => d.Version == 0 ? "None yet" : $"{d.Version}") { Right = true },
            new("signed", "Signed", d => d.Signed) { Sort = d => d.Signed, Right = true },
            new("waiting", "To sign", d => d.Waiting) { Sort = d => d.Waiting, Right = true },
            new("overdue", "Overdue", d => d.Overdue)
            {
                Sort = d => d.Overdue, Right = true, Marks = d => d.Overdue > 0 ? [new("Overdue", "bad", "alert")] : [],
            },
        ],
    };

    [HttpGet("/acknowledgements/documents")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var managed = kinds.Managed;
        string[] of = [.. managed.Keys];
        var rows = await db.Documents.AsNoTracking().Where(d => of.Contains(d.Kind)).Select(d => new Row(
            d.Id, d.Name, d.Kind, d.Current, d.WithdrawnAt != null,
            db.Acknowledgements.Count(a => a.DocumentId == d.Id && a.Number == d.Asking && a.State == AcknowledgementState.Signed),
            db.Acknowledgements.Count(a => a.DocumentId == d.Id && a.State == AcknowledgementState.Waiting),
            db.Acknowledgements.Count(a => a.DocumentId == d.Id && a.State == AcknowledgementState.Waiting && a.Overdue))).ToListAsync(ct);
        return await ListAsync(List, rows.ConvertAll(r => r with { Kind = managed[r.Kind] }).AsQueryable(), query, ct);
    }
}
