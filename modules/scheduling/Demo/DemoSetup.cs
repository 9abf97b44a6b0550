using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>Types, weekly hours and a few exceptions of the demo practice.</summary>
public static class DemoSetup
{
    public static async Task<IReadOnlyList<AppointmentType>> EnsureAsync(SchedulingDb db, IPractice practice, TimeProvider clock, DateOnly today, CancellationToken ct)
    {
        if (!await db.AppointmentTypes.AnyAsync(ct))
        {
            db.AddRange(Types());
            await HoursAsync(db, practice, today.AddDays(-400), ct);
            await DemoExtras.AddAsync(db, practice, today, ct);
            await db.SaveChangesAsync(ct);
        }

        await KeepOpenAsync(db, practice, clock, ct);
        return await db.AppointmentTypes.AsNoTracking().Where(t => t.Active && t.EquipmentKind == null && t.CaseKind == null).OrderBy(t => t.Name).ToListAsync(ct);
    }

    private static AppointmentType[] Types() =>
    [
        new() { Name = "Follow-up", Minutes = 20, Kind = "visit" },
        new() { Name = "Acute visit", Minutes = 20, Kind = "visit" },
        new() { Name = "New patient", Minutes = 40, Kind = "new", PatientOverlap = "refuse", OverbookLimit = 0 },
        new() { Name = "Annual wellness", Minutes = 40, Kind = "well", PatientOverlap = "refuse" },
        new() { Name = "Child wellness", Minutes = 30, Kind = "well" },
        new() { Name = "Skin procedure", Minutes = 40, Kind = "proc", NeedsRoom = true, PrepMinutes = 5, CleanUpMinutes = 10, BookedByRoles = [Roles.FrontDesk, Roles.Nurse, Roles.Manager] },
        new() { Name = "Blood pressure", Minutes = 10, Kind = "nurse", PatientOverlap = "allow" },
        new() { Name = "Immunization", Minutes = 10, Kind = "nurse", PatientOverlap = "allow" },
        new() { Name = "Video visit", Minutes = 20, Kind = "tele", Telehealth = true },
        new() { Name = "Ultrasound", Minutes = 30, Kind = "proc", NeedsRoom = true, EquipmentKind = "Ultrasound", CleanUpMinutes = 5, OverbookLimit = 0, Active = true },
        new() { Name = "Work injury check", Minutes = 20, Kind = "visit", CaseKind = "workers-comp" },
    ];

    /// <summary>Everybody is at the first location; the last two go to the second from Tuesday to Friday. On Saturday mornings two remain.</summary>
    private static async Task HoursAsync(SchedulingDb db, IPractice practice, DateOnly from, CancellationToken ct)
    {
        var providers = await db.Providers.Where(p => p.Active).OrderBy(p => p.Id).ToListAsync(ct);
        var places = practice.Locations.Where(l => l.Active).ToList();
        for (var i = 0; i < providers.Count; i++)
        {
            var travels = places.Count > 1 && i >= providers.Count - 2;
            foreach (var place in places.Take(travels ? 2 : 1))
            {
                db.Add(new Bookability { ProviderId = providers[i].Id, LocationId = place.Id });
            }

            for (var weekday = 0; weekday < 7; weekday++)
            {
                if (weekday == 0 || (weekday == 6 && i % 4 != 0))
                {
                    continue;
                }

                if (weekday == 6)
                {
                    db.Add(Hours(providers[i].Id, places[0].Id, weekday, new(9, 0), new(13, 0), from));
                    continue;
                }

                var place = travels && weekday is >= 2 and <= 5 ? places[1] : places[0];
                db.AddRange(
                    Hours(providers[i].Id, place.Id, weekday, new(8, i % 2 * 30), new(12, 0), from),
                    Hours(providers[i].Id, place.Id, weekday, new(13, 0), new(17, 0), from));
            }
        }
    }

    private static Template Hours(Guid provider, Guid place, int weekday, TimeOnly opens, TimeOnly closes, DateOnly from) =>
        new() { ProviderId = provider, LocationId = place, Weekday = weekday, Opens = opens, Closes = closes, ValidFrom = from };

    /// <summary>Whoever looks at the demo on a Sunday or at night finds it open: extra hours around now, for today.</summary>
    private static async Task KeepOpenAsync(SchedulingDb db, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var place = practice.Locations.First(l => l.Active);
        var now = WallTime.At(clock.GetUtcNow(), place.Zone);
        var today = DateOnly.FromDateTime(now.DateTime);
        var open = now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && now.TimeOfDay >= TimeSpan.FromHours(9) && now.TimeOfDay <= TimeSpan.FromHours(16);
        if (open || await db.ScheduleExceptions.AnyAsync(e => e.Kind == ScheduleException.ExtraHours && e.FromDate == today, ct))
        {
            return;
        }

        var from = Math.Max(0, Math.Min(now.Hour - 4, 8));
        var to = Math.Min(23, Math.Max(now.Hour + 3, 16));
        foreach (var provider in await db.Bookability.Where(b => b.LocationId == place.Id && b.Active).Select(b => b.ProviderId).ToListAsync(ct))
        {
            db.Add(new ScheduleException
            {
                Kind = ScheduleException.ExtraHours, ProviderId = provider, LocationId = place.Id, FromDate = today, ToDate = today,
                Opens = new(from, 0), Closes = new(to, 0), Reason = "Open clinic",
            });
        }

        await db.SaveChangesAsync(ct);
    }
}
