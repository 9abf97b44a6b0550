using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>Today's visits by where they stand.</summary>
public sealed class TodayWidget(SchedulingDb db, IPractice practice, TimeProvider clock) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var counts = await db.Today(practice, clock).GroupBy(v => v.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var coming = counts.Where(c => c.Key != VisitStatus.Canceled).Sum(c => c.Value);
        WidgetLine Line(string status, string words) => new($"{counts.GetValueOrDefault(status)} {words}", "/scheduling/days");
        return new(
            Said.Count(coming), "visits today", "/scheduling/days", "",
            [Line(VisitStatus.Booked, "expected"), Line(VisitStatus.Arrived, "here now"), Line(VisitStatus.CheckedOut, "done"), Line(VisitStatus.NoShow, "no-shows")]);
    }
}

/// <summary>Who comes next, and who is late.</summary>
public sealed class NextArrivals(SchedulingDb db, IPractice practice, ISettings<SchedulingSettings> settings, IAccessLog log, TimeProvider clock) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var late = now.AddMinutes(-(await settings.GetAsync(null, ct)).LateAfterMinutes);
        var expected = db.Today(practice, clock).Where(v => v.Status == VisitStatus.Booked);
        var lateCount = await expected.CountAsync(v => v.StartsAt <= late, ct);
        var next = await expected.Where(v => v.StartsAt > late).OrderBy(v => v.StartsAt).Take(5).ToListAsync(ct);
        log.Listed([.. next.Select(v => v.PatientId).Distinct()], "Next arrivals");
        return new(
            Said.Count(lateCount), "late today", "/scheduling/days", lateCount > 0 ? "warn" : "ok",
            [.. next.Select(v => new WidgetLine($"{Said.Time(TimeOnly.FromDateTime(v.Local.DateTime))} {v.PatientName}", $"/scheduling/appointments/{v.Id}", v.ProviderName))]);
    }
}

public static class TodaysVisits
{
    /// <summary>Visits of today by each location's own calendar; the scope's filter applies.</summary>
    public static IQueryable<Visit> Today(this SchedulingDb db, IPractice practice, TimeProvider clock)
    {
        // One condition a zone: most practices have one.
        return practice.Locations.GroupBy(l => l.Zone).Select(zone =>
        {
            var (from, to) = WallTime.Day(WallTime.Today(clock, zone.Key), zone.Key);
            Guid[] ids = [.. zone.Select(l => l.Id)];
            return db.Visits.AsNoTracking().Where(v => ids.Contains(v.LocationId) && v.StartsAt >= from && v.StartsAt < to);
        }).Aggregate((all, zone) => all.Concat(zone));
    }
}
