using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Indicators.Dashboards;

/// <summary>
/// The tiles of a dashboard, for its time and place or others that are chosen. Each tile takes the permission that its indicator names.
/// </summary>
[Needs(IndicatorPermissions.Read)]
public sealed class ShowDashboard(IndicatorsDb db, KnownIndicators known, IndicatorReader reader, IPractice practice) : Slice
{
    /// <param name="Reading">Null with the sentence why there is none.</param>
    public sealed record Tile(string Title, IndicatorReading? Reading, string? Missing);

    /// <param name="Fault">Why what the address asks for is not shown.</param>
    public sealed record Model(
        Dashboard Dashboard, IReadOnlyList<Tile> Tiles, string Period, Guid? Location, IReadOnlyList<Location> Places, bool MayChange, string? Fault);

    /// <param name="location">"all" for all places; left out for the dashboard's own.</param>
    [HttpGet("/indicators/dashboards/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, string? period, string? location, CancellationToken ct)
    {
        if (await Dashboard.SeenBy(db.Dashboards.AsNoTracking(), Actor).FirstOrDefaultAsync(d => d.Id == id, ct) is not { } dashboard)
        {
            return NotFound();
        }

        var places = IndicatorPlaces.Of(Actor, practice);
        var chosen = string.IsNullOrEmpty(period) ? dashboard.Period : period;
        var place = string.IsNullOrEmpty(location) ? dashboard.LocationId : location == "all" ? null
            : Guid.TryParse(location, out var typed) ? typed : Guid.Empty;
        var fault = !IndicatorSpan.Choices.ContainsKey(chosen) ? "There is no such time to choose."
            : place is { } one && places.All(p => p.Id != one)
                ? "You do not work at this location, or there is none of this kind. Choose another one."
            : null;
        if (fault is not null)
        {
            Response.StatusCode = string.IsNullOrEmpty(period) && string.IsNullOrEmpty(location) ? 200 : 400;
            (chosen, place) = (IndicatorSpan.Choices.ContainsKey(chosen) ? chosen : dashboard.Period, null);
        }

        var mine = known.Mine.Where(k => dashboard.Keys.Contains(k.Of.Key)).Select(k => k.Of).ToList();
        // Of a place that is not theirs nothing is shown, rather than figures of other places under its name.
        var ask = new IndicatorAsk(IndicatorSpan.Of(chosen, WallTime.Today(Clock, practice.Zone)), place);
        var read = fault is null ? (await reader.ReadAsync(mine, ask, ct)).ToDictionary(r => r.Of.Key) : [];
        return Page(new Model(dashboard, [.. dashboard.Keys.Select(k => Of(k, read.GetValueOrDefault(k)))], chosen, place, places,
            Actor.Can(IndicatorPermissions.Manage) && (dashboard.OwnerId == Actor.PersonId || dashboard.Role is not null), fault));
    }

    private Tile Of(string key, IndicatorReading? reading) => new(known.All.GetValueOrDefault(key)?.Of.Title ?? key, reading,
        reading is not null ? null
        : known.All.GetValueOrDefault(key) is not { } declared ? "The module that counts this is not installed. What was counted is kept."
        : !declared.On ? $"{declared.Module.Manifest.Name} is turned off. What was counted is kept."
        : !Actor.Can(declared.Of.Permission) ? "Your role may not see this indicator."
        : "Nothing to show for what was asked.");
}
