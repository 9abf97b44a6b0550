using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>Today's visits by where they stand.</summary>
public sealed class TodayWidget(SchedulingDb db, ChosenLocation place, TimeProvider clock) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        if (place.Location is not { } where)
        {
            return null;
        }

        var counts = await db.Today(where, clock).GroupBy(v => v.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var coming = counts.Where(c => c.Key != VisitStatus.Canceled).Sum(c => c.Value);
        WidgetLine Line(VisitStatus status, string words) => new($"{counts.GetValueOrDefault(status)} {words}", $"/scheduling/days?location={where.Id}&show={status.Text()}");
        return new(
            Said.Count(coming), "visits today", $"/scheduling/days?location={where.Id}&show=visits", "",
            [Line(VisitStatus.Booked, "expected"), Line(VisitStatus.Arrived, "here now"), Line(VisitStatus.CheckedOut, "done"), Line(VisitStatus.NoShow, "no-shows")]);
    }
}

public static class TodaysVisits
{
    /// <summary>Visits of the location's own today, as its day list shows them.</summary>
    public static IQueryable<Visit> Today(this SchedulingDb db, Location location, TimeProvider clock)
    {
        var (from, to) = WallTime.Day(WallTime.Today(clock, location.Zone), location.Zone);
        return db.Visits.AsNoTracking().Where(v => v.LocationId == location.Id && v.StartsAt >= from && v.StartsAt < to);
    }
}
