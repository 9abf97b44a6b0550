using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Openings;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>
/// A year of visits around today: types, hours, the past as it went, today in full swing by the clock, the weeks to come.
/// Repeatable: a later day closes what is past and fills what has come nearer.
/// </summary>
public sealed class SchedulingDemo(SchedulingDb db, ScheduleReader reader, IPractice practice, TimeProvider clock) : IDemoData
{
    private const int DaysBack = 365;
    private const int DaysAhead = 75;

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (!await KnownAsync(ct))
        {
            return;
        }

        var types = await DemoSetup.EnsureAsync(db, practice, clock, today, ct);
        var patients = await db.Patients.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Id).Select(p => new DemoPatient(p.Id, p.Name)).ToArrayAsync(ct);
        var first = await db.Visits.AnyAsync(ct) ? today : today.AddDays(-DaysBack);
        await DemoProgress.CloseAsync(db, practice, clock.GetUtcNow(), ct);
        foreach (var location in practice.Locations.Where(l => l.Active))
        {
            var availability = await reader.ReadAsync(location, first, today.AddDays(DaysAhead), ct);
            var visits = new DemoVisits(availability, types, patients, today, clock.GetUtcNow()).Make(first, today.AddDays(DaysAhead));
            await DemoCopy.InsertAsync(db, visits, ct);
        }

        await DemoProgress.MoveTodayAsync(db, practice, clock, ct);
    }

    /// <summary>What others own arrives by message: the first time, that may be under way still.</summary>
    private async Task<bool> KnownAsync(CancellationToken ct)
    {
        var before = -1;
        for (var look = 0; look < 120; look++)
        {
            var (providers, rooms, patients) = (await db.Providers.CountAsync(ct), await db.Rooms.CountAsync(ct), await db.Patients.CountAsync(ct));
            if (providers > 0 && rooms > 0 && patients > 0 && patients == before)
            {
                return true;
            }

            before = patients;
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, ct);
        }

        return false;
    }
}

public sealed record DemoPatient(Guid Id, string Name);
