using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Indicators.Targets;

/// <summary>What indicators are to reach, for the practice and for places of their own.</summary>
[Needs(IndicatorPermissions.Manage)]
public sealed class TargetList(IndicatorsDb db, KnownIndicators known, IPractice practice) : Slice
{
    /// <param name="Mine">Whether the person may change it.</param>
    public sealed record Row(IndicatorTarget Target, Indicator Of, string Place, bool Mine);

    internal static readonly ListDefinition<Row> List = new("core.indicator-targets", "Targets")
    {
        Id = r => r.Target.Id, Order = "indicator",
        Columns =
        [
            new("indicator", "Indicator", r => r.Of.Title)
            {
                Sort = r => r.Of.Title, Main = true, Href = r => r.Mine ? $"/indicators/targets/edit/{r.Target.Id}" : null, Drawer = true,
            },
            new("location", "Location", r => r.Place) { Sort = r => r.Place },
            new("target", "Target", r => IndicatorWords.Figure(r.Of, r.Target.Value))
            {
                Right = true, File = r => IndicatorWords.Raw(r.Of, r.Target.Value),
            },
            new("better", "Better", r => IndicatorWords.Better(r.Of)) { Optional = 1 },
        ],
    };

    [HttpGet("/indicators/targets")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var (mine, reach) = (known.Mine.ToDictionary(k => k.Of.Key, k => k.Of), DataScope.Of(Actor));
        var rows = from target in await db.Targets.AsNoTracking().ToListAsync(ct)
                   where mine.ContainsKey(target.Indicator) && (target.LocationId is not { } place || reach.Sees(place))
                   select new Row(target, mine[target.Indicator],
                       practice.Locations.FirstOrDefault(l => l.Id == target.LocationId)?.Name ?? "The whole practice",
                       target.LocationId is not null || reach.AllLocations);
        return await ListAsync(List, rows.AsQueryable(), query, ct);
    }

    [HttpPost("/indicators/targets/remove")]
    public async Task<IActionResult> Remove(Guid id, CancellationToken ct)
    {
        if (await EditTarget.Mine(db, Actor).FirstOrDefaultAsync(t => t.Id == id, ct) is not { } target)
        {
            return NotFound();
        }

        db.Remove(target);
        return await TrySaveAsync(db, ct)
            ? Done("/indicators/targets", "Target removed.") : Done("/indicators/targets", "Somebody else changed this target. Look at it again.");
    }
}
