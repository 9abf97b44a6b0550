using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Exceptions;

/// <summary>Leave, closures, extra hours and blocked time to come.</summary>
public sealed class ScheduleExceptions(SchedulingDb db, IPractice practice) : Slice
{
    public sealed record Row(ScheduleException Entry, string What, string Where, string When);

    internal static readonly ListDefinition<Row> List = new("scheduling.exceptions", "Leave and closures to come")
    {
        Columns =
        [
            new("when", "When", r => r.When) { Main = true, Sort = r => r.Entry.FromDate },
            new("what", "What", r => r.What) { Sort = r => r.What },
            new("where", "Who or where", r => r.Where) { Sort = r => r.Where },
            new("why", "Why", r => r.Entry.Reason),
        ],
    };

    [HttpGet("/scheduling/exceptions")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var names = await db.Providers.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var entries = await Seen().Where(e => e.ToDate >= today).OrderBy(e => e.FromDate).ThenBy(e => e.Opens).ToListAsync(ct);
        return await ListAsync(List, entries.Select(e => new Row(
            e,
            Words(e.Kind),
            e.ProviderId is { } p ? names.GetValueOrDefault(p, "") : practice.Locations.FirstOrDefault(l => l.Id == e.LocationId)?.Name ?? "",
            When(e))).AsQueryable(), query, ct);
    }

    [HttpPost("/scheduling/exceptions/{id:guid}/remove")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Remove(Guid id, CancellationToken ct)
    {
        if (await Seen().AsTracking().FirstOrDefaultAsync(e => e.Id == id, ct) is not { } entry)
        {
            return NotFound();
        }

        db.Remove(entry);
        await db.SaveChangesAsync(ct);
        return Done("/scheduling/exceptions", $"{Words(entry.Kind)} of {entry.FromDate:MMM d} removed");
    }

    public static string Words(string kind) => kind switch
    {
        ScheduleException.Leave => "Leave",
        ScheduleException.Closure => "Closed",
        ScheduleException.ExtraHours => "Extra hours",
        ScheduleException.Held => "Held",
        _ => "Blocked",
    };

    /// <summary>A closure or extra hours of a place the person does not work at are not theirs to see.</summary>
    private IQueryable<ScheduleException> Seen() => db.ScheduleExceptions.AsNoTracking()
        .Where(e => e.LocationId == null || db.Reads.AllLocations || db.Reads.Locations.Contains(e.LocationId.Value));

    private static string When(ScheduleException e)
    {
        var days = e.FromDate == e.ToDate ? $"{e.FromDate:ddd, MMM d}" : $"{e.FromDate:ddd, MMM d} – {e.ToDate:ddd, MMM d}";
        days = e.Weekdays is null ? days : $"{string.Join(", ", e.Weekdays.Select(d => ((DayOfWeek)d).ToString()[..3]))} from {days}";
        return e is { Opens: { } opens, Closes: { } closes } ? $"{days}, {Said.Time(opens)} – {Said.Time(closes)}" : days;
    }
}
