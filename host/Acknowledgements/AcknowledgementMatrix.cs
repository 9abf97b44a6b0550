using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Person by document: who signed, who still has to, who is late.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class AcknowledgementMatrix(AcknowledgementsDb db, PeopleDb people, DocumentKinds kinds, IPractice practice, DataScope scope) : Slice
{
    /// <param name="Places">Where they work; null for all locations.</param>
    public sealed record Row(Guid Id, string Person, Guid[]? Places, IReadOnlyDictionary<Guid, Acknowledgement> Asked)
    {
        public int Waiting => Asked.Values.Count(a => a.State == AcknowledgementState.Waiting);

        public int Overdue => Asked.Values.Count(a => a is { State: AcknowledgementState.Waiting, Overdue: true });
    }

    [HttpGet("/acknowledgements")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        string[] of = [.. kinds.Managed.Keys];
        var documents = await db.Documents.AsNoTracking().Where(d => of.Contains(d.Kind) && d.Asking > 0 && d.WithdrawnAt == null)
            .OrderBy(d => d.Name).ThenBy(d => d.Id).ToListAsync(ct);
        var ids = documents.ConvertAll(d => d.Id);
        var asked = await db.Acknowledgements.AsNoTracking().Where(a => ids.Contains(a.DocumentId)
            && db.Documents.Any(d => d.Id == a.DocumentId && d.Asking == a.Number)
            && (a.State == AcknowledgementState.Waiting || a.State == AcknowledgementState.Signed)).ToListAsync(ct);
        var places = await people.People.AsNoTracking().Include(p => p.Locations).ToDictionaryAsync(
            p => p.Id, p => p.AllLocations ? null : p.Locations.Select(l => l.LocationId).ToArray(), ct);
        var rows = asked.GroupBy(a => a.PersonId)
            .Select(g => new Row(g.Key, g.First().Person, places.GetValueOrDefault(g.Key), g.ToDictionary(a => a.DocumentId)))
            // Staff are by location: who sees some places only sees who works at one of them.
            .Where(r => scope.AllLocations || r.Places is null || r.Places.Any(scope.Sees));
        return await ListAsync(List(documents), rows.AsQueryable(), query, ct);
    }

    /// <summary>A column for each document in force, which differ from practice to practice.</summary>
    private ListDefinition<Row> List(List<ReadingDocument> documents) => new("core.acknowledgements", "Acknowledgements")
    {
        Id = r => r.Id, Order = "person", Search = new("Person", r => r.Person),
        Filters =
        [
            new("show", "Who", new Dictionary<string, string>
            {
                [""] = "Everybody", ["open"] = "Has something to sign", ["overdue"] = "Is overdue",
            }, (v, _) => v switch
            {
                "open" => r => r.Waiting > 0,
                "overdue" => r => r.Overdue > 0,
                _ => null,
            }),
            new("place", "Location", "Any location", practice.Locations.ToDictionary(l => $"{l.Id}", l => l.Name),
                v => r => r.Places == null || r.Places.Contains(Guid.Parse(v))),
        ],
        Columns =
        [
            new("person", "Person", r => r.Person) { Sort = r => r.Person, Main = true },
            new("to-sign", "To sign", r => r.Waiting) { Sort = r => r.Waiting, Right = true },
            .. documents.Select(d => new ListColumn<Row>($"document-{d.Id:N}", d.Name, r => Cell(r.Asked.GetValueOrDefault(d.Id)))
            {
                Href = r => r.Asked.GetValueOrDefault(d.Id)?.SignatureId is { } signature ? $"/signatures/{signature}" : null,
                Marks = r => r.Asked.GetValueOrDefault(d.Id) is { Overdue: true, State: AcknowledgementState.Waiting }
                    ? [new("Overdue", "bad", "alert")] : [],
            }),
        ],
    };

    private string? Cell(Acknowledgement? a) => a switch
    {
        null => null,
        { SignedAt: { } at } => $"Signed {Said.ShortDay(DateOnly.FromDateTime(WallTime.At(at, practice.Zone).DateTime))}, version {a.SignedNumber}",
        { Overdue: true } => $"Was due {Said.ShortDay(a.DueOn)}",
        _ => $"By {Said.ShortDay(a.DueOn)}",
    };
}
