using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Locations;

/// <summary>The sites of the practice, their rooms and the days they are closed.</summary>
public sealed class Locations(CoreDb db, Authority authority) : Slice
{
    public sealed record Row(Site Site, IReadOnlyList<Room> Rooms, IReadOnlyList<OpeningHours> Hours);

    /// <param name="May">Whether the present person may change a location; null asks for the whole practice.</param>
    public sealed record Model(IReadOnlyList<Row> Rows, IReadOnlyList<Closure> Closures, Func<Guid?, bool> May)
    {
        /// <summary>A week as people say it: “Mon–Fri”, “8:00 am – 6:00 pm”.</summary>
        public IEnumerable<(string Days, string Hours)> Spans(Row row)
        {
            var days = row.Hours.GroupBy(h => h.Weekday).Select(d => (Day: d.Key, Said: string.Join(", ", d.Select(h => $"{Said.Time(h.Opens)} – {Said.Time(h.Closes)}")))).ToList();
            for (var i = 0; i < days.Count;)
            {
                var from = i;
                while (++i < days.Count && days[i].Day == days[i - 1].Day + 1 && days[i].Said == days[from].Said) { }
                yield return (from == i - 1 ? Short(days[from].Day) : $"{Short(days[from].Day)}–{Short(days[i - 1].Day)}", days[from].Said);
            }
        }

        private static string Short(int weekday) => ((DayOfWeek)weekday).ToString()[..3];
    }

    [HttpGet("/admin/locations")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var sites = await db.Sites.AsNoTracking().OrderByDescending(p => p.Active).ThenBy(p => p.Name).ToListAsync(ct);
        var rooms = (await db.Rooms.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct)).ToLookup(r => r.LocationId);
        var hours = (await db.OpeningHours.AsNoTracking().OrderBy(h => h.Weekday).ThenBy(h => h.Opens).ToListAsync(ct)).ToLookup(h => h.LocationId);
        var today = WallTime.Today(Clock, "UTC").AddDays(-1);
        var closures = await db.Closures.AsNoTracking().Where(c => c.Active && c.ToDate >= today).OrderBy(c => c.FromDate).ToListAsync(ct);
        return Page(new Model([.. sites.Select(p => new Row(p, [.. rooms[p.Id]], [.. hours[p.Id]]))], closures, location => authority.FaultAt(location) is null));
    }
}
