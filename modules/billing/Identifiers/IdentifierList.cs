using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>Who and what claims name: entities, providers and places, with what each still lacks.</summary>
public sealed class IdentifierList(BillingDb db) : Slice
{
    public sealed record Line(Guid Id, string Kind, string Name, string? TaxId, string? Npi, string? Taxonomy, string? Other,
        IReadOnlyList<string> Missing)
    {
        public string Href => $"/billing/identifiers/{Kind}/{Id}";
    }

    internal static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string,
        string>
    { ["entity"] = "Billing entity", ["provider"] = "Provider", ["place"] = "Place" };

    internal static readonly ListDefinition<Line> List = new("billing.identifiers", "Identifiers")
    {
        Search = new("Name or NPI") { When = text => l => l.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || l.Npi == text },
        Filters =
        [
            new("kind", "Of what", "Entities, providers, places", Kinds, v => l => l.Kind == v),
            new("missing", "Whether complete", new Dictionary<string, string> { [""] = "Complete or not", ["yes"] = "Something is missing" },
                (v, _) => v == "yes" ? l => l.Missing.Count > 0 : null),
        ],
        Columns =
        [
            new("name", "Name", l => l.Name) { Main = true, Sort = l => l.Name, Href = l => l.Href, HrefNeeds = BillingPermissions.Setup,
                Drawer = true },
            new("kind", "Of what", l => Kinds[l.Kind]) { Sort = l => l.Kind },
            new("tax", "Tax ID", l => l.TaxId is { Length: 9 } t ? $"{t[..2]}-{t[2..]}" : l.TaxId) { Class = "num nowrap", Optional = 1 },
            new("npi", "NPI", l => l.Npi) { Class = "num" },
            new("taxonomy", "Taxonomy", l => l.Taxonomy) { Class = "num" },
            new("other", "Also", l => l.Other) { Optional = 1 },
            new("missing", "Missing for claims", l => string.Join(", ", l.Missing)) { Marks = l => l.Missing.Count == 0
                ? [new("Complete", "ok")] : [] },
        ],
    };

    [HttpGet("/billing/identifiers")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct) =>
        await ListAsync(List, (await RowsAsync(ct)).AsQueryable(), query, ct);

    /// <summary>A practice has some dozens of all three, so they are put together in memory.</summary>
    private async Task<List<Line>> RowsAsync(CancellationToken ct)
    {
        var entities = await db.BillingEntities.AsNoTracking().ToDictionaryAsync(e => e.Id, ct);
        var providers = await db.BillingProviders.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        var numbers = (await db.ProviderNumbers.AsNoTracking().ToListAsync(ct)).ToLookup(n => n.ProviderId);
        var places = await db.ServiceFacilities.AsNoTracking().ToDictionaryAsync(f => f.Id, ct);
        var lines = new List<Line>();
        foreach (var e in await db.Entities.AsNoTracking().Where(e => e.Active).OrderByDescending(e => e.Main).ThenBy(e => e.Name).ToListAsync(ct))
        {
            var more = entities.GetValueOrDefault(e.Id);
            lines.Add(new(e.Id, "entity", e.Name, e.TaxId, e.Npi, more?.Taxonomy, more?.Bank is { } bank ? $"{bank} …{more.AccountLast}" : null,
                Missing((e.TaxId, "tax ID"), (e.Npi, "NPI"), (more?.Taxonomy, "taxonomy"))));
        }

        foreach (var p in await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct))
        {
            var taxonomy = providers.GetValueOrDefault(p.Id)?.Taxonomy;
            lines.Add(new(p.Id, "provider", p.Name, null, p.Npi, taxonomy, numbers[p.Id].Any() ? Said.Many(numbers[p.Id].Count(), "number") : null,
                Missing((p.Npi, "NPI"), (taxonomy, "taxonomy"))));
        }

        foreach (var p in await db.Places.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct))
        {
            var more = places.GetValueOrDefault(p.Id);
            // Claims name a place with all nine digits of its ZIP code (837P 2010AA, 2310C N403).
            lines.Add(new(p.Id, "place", p.Name, null, more?.Npi, null,
                $"Place of service {more?.PlaceOfService ?? "11"}{(more?.Clia is { } clia ? $", CLIA {clia}" : "")}",
                Missing((p.Address, "address"), (p.Zip is { Length: 9 } zip ? zip : null, "nine-digit ZIP code"))));
        }

        return lines;
    }

    private static string[] Missing(params (string? Value, string Word)[] needed) =>
        [.. needed.Where(n => string.IsNullOrEmpty(n.Value)).Select(n => n.Word)];
}
