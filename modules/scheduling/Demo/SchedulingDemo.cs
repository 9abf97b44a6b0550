using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>
/// A year of visits around today, and what the old system told of the two years before: types, hours, the past as it went, today in full swing by the clock, the weeks to come.
/// Repeatable: a later day closes what is past and fills what has come nearer.
/// </summary>
public sealed class SchedulingDemo(SchedulingDb db, ScheduleReader reader, DemoSeries series, IIndicators indicators, IPractice practice, TimeProvider clock) : IDemoData
{
    private const int DaysBack = 365;
    private const int DaysAhead = 75;

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        // Providers and patients came by message from their owners, whose demo ran before.
        if (!await db.Providers.AnyAsync(ct) || !await db.Patients.AnyAsync(ct))
        {
            return;
        }

        var types = await DemoSetup.EnsureAsync(db, practice, clock, today, ct);
        var patients = await db.Patients.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Id).Select(p => new DemoPatient(p.Id, p.Name)).ToArrayAsync(ct);
        var (first, last) = (await db.Visits.AnyAsync(ct) ? today : today.AddDays(-DaysBack), today.AddDays(DaysAhead));
        await DemoProgress.CloseAsync(db, practice, clock.GetUtcNow(), ct);
        // A day is filled once, at its first start: a restart must not book what was canceled again.
        var horizon = WallTime.Day(last, practice.Zone).From;
        foreach (var location in await db.Visits.AnyAsync(v => v.StartsAt >= horizon, ct) ? [] : practice.Locations.Where(l => l.Active))
        {
            var availability = await reader.ReadAsync(location, first, last, ct);
            var visits = new DemoVisits(availability, types, patients, today, clock.GetUtcNow()).Make(first, last).ToList();
            await db.CopyAsync(visits, ct);
            await db.CopyAsync([.. visits.SelectMany(v => v.Changes)], ct);
        }

        await DemoCases.EnsureAsync(db, clock.GetUtcNow(), ct);
        await series.EnsureAsync(today, ct);
        await DemoProgress.MoveTodayAsync(db, practice, clock, ct);
        if (first < today)
        {
            await DemoHistory.AddAsync(db, indicators, practice, today.AddYears(-3), first.AddDays(-1), ct);
        }
    }
}

public sealed record DemoPatient(Guid Id, string Name);
