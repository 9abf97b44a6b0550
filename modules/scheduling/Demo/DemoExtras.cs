using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Board;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>Equipment, a weekly meeting, time held for new patients and today's note.</summary>
public static class DemoExtras
{
    public static async Task AddAsync(SchedulingDb db, IPractice practice, DateOnly today, CancellationToken ct)
    {
        var place = practice.Locations.First(l => l.Active);
        db.AddRange(
            new PieceOfEquipment { LocationId = place.Id, Name = "Ultrasound 1", Kind = "Ultrasound" },
            new PieceOfEquipment { LocationId = place.Id, Name = "EKG cart", Kind = "EKG" },
            new DayNote { LocationId = place.Id, Day = today, Text = "Flu vaccine has come. The elevator is out until noon.", By = "Paula Brandt", At = WallTime.Day(today, place.Zone).From });
        if (await db.Providers.Where(p => p.Active).OrderBy(p => p.Id).FirstOrDefaultAsync(ct) is { } first)
        {
            db.Add(new ScheduleException
            {
                Kind = ScheduleException.Blocked, ProviderId = first.Id, FromDate = today.AddDays(1), ToDate = today.AddDays(365), Weekdays = [2],
                Opens = new(12, 0), Closes = new(13, 0), Reason = "Partners' lunch",
            });
            if (db.ChangeTracker.Entries<AppointmentType>().Select(t => t.Entity).FirstOrDefault(t => t.Kind == "new") is { } type)
            {
                db.Add(new ScheduleException
                {
                    Kind = ScheduleException.Held, ProviderId = first.Id, LocationId = place.Id, FromDate = today.AddDays(1), ToDate = today.AddDays(365), Weekdays = [1, 2, 3, 4, 5],
                    Opens = new(10, 0), Closes = new(10, 40), TypeId = type.Id, ReleaseHours = 24, Reason = "New patients",
                });
            }
        }
    }
}
