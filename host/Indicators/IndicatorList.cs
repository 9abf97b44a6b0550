using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Indicators.Dashboards;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Dashboards that the person sees, and every indicator with its definition.</summary>
[Needs(IndicatorPermissions.Read)]
public sealed class IndicatorList(IndicatorsDb db, KnownIndicators known) : Slice
{
    public sealed record Model(ListPage<KnownIndicator> Indicators, IReadOnlyList<Dashboard> Dashboards, bool Manages);

    internal static readonly ListDefinition<KnownIndicator> List = new("core.indicators", "All indicators")
    {
        Columns =
        [
            new("indicator", "Indicator", k => k.Of.Title) { Sort = k => k.Of.Title, Main = true, Href = k => $"/indicators/{k.Of.Key}" },
            new("definition", "What it counts", k => k.Of.Definition) { Optional = 1 },
            new("shape", "How", k => IndicatorWords.Shape(k.Of)) { Optional = 2 },
            new("better", "Better", k => IndicatorWords.Better(k.Of)) { Optional = 1 },
            new("module", "Module", k => k.Module.Manifest.Name) { Sort = k => k.Module.Manifest.Name },
            new("key", "Key", k => k.Of.Key) { FileOnly = true },
        ],
    };

    [HttpGet("/indicators")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        IReadOnlyList<KnownIndicator> mine = [.. known.Mine];
        var dashboards = AsFile ? []
            : await Dashboard.SeenBy(db.Dashboards.AsNoTracking(), Actor).OrderBy(d => d.Name).ThenBy(d => d.Id).Take(200).ToListAsync(ct);
        return await ListAsync(List, mine.AsQueryable(), query,
            page => Task.FromResult<object>(new Model(page, dashboards, Actor.Can(IndicatorPermissions.Manage))), ct);
    }
}
