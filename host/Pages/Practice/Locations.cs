using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Sdk;

namespace Modular.Host.Pages.Practice;

/// <summary>The sites of the practice, their rooms and the days they are closed.</summary>
public sealed class Locations(CoreDb db) : Slice
{
    public sealed record Row(Site Site, IReadOnlyList<Room> Rooms, IReadOnlyList<OpeningHours> Hours);

    public sealed record Model(IReadOnlyList<Row> Rows, IReadOnlyList<Closure> Closures);

    [HttpGet("/admin/locations")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var sites = await db.Sites.AsNoTracking().OrderByDescending(p => p.Active).ThenBy(p => p.Name).ToListAsync(ct);
        var rooms = (await db.Rooms.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct)).ToLookup(r => r.LocationId);
        var hours = (await db.OpeningHours.AsNoTracking().OrderBy(h => h.Weekday).ThenBy(h => h.Opens).ToListAsync(ct)).ToLookup(h => h.LocationId);
        var today = WallTime.Today(Clock, "UTC").AddDays(-1);
        var closures = await db.Closures.AsNoTracking().Where(c => c.Active && c.ToDate >= today).OrderBy(c => c.FromDate).ToListAsync(ct);
        return Page(new Model([.. sites.Select(p => new Row(p, [.. rooms[p.Id]], [.. hours[p.Id]]))], closures));
    }
}
