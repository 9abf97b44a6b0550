using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Panels;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>How the demo's visits go: most are kept, some canceled, a few do not come.</summary>
public static class DemoProgress
{
    /// <summary>Brings a booked visit to where it would be at this moment.</summary>
    public static void Live(Visit visit, DateTimeOffset now, Random luck, Guid? room = null)
    {
        Confirmed(visit, now, luck);
        var fate = luck.Next(100);
        var began = visit.StartsAt.AddMinutes(-luck.Next(3, 14));
        if (fate < 6 && visit.StartsAt > visit.BookedAt.AddHours(2))
        {
            visit.Cancel(CancelAppointment.Reasons[luck.Next(3)], Earlier(visit.StartsAt.AddHours(-luck.Next(2, 60)), now, visit.BookedAt), "Paula Brandt");
        }
        else if (visit.StartsAt.AddMinutes(25) < now && fate < 11)
        {
            visit.MarkNoShow(visit.StartsAt.AddMinutes(25), "Theo Lindqvist");
        }
        else if (began < now && (fate < 97 || visit.EndsAt < now.AddMinutes(-20)) && visit.Arrive(began, "Theo Lindqvist") is null && visit.EndsAt.AddMinutes(8) < now)
        {
            Roomed(visit, now, room ?? visit.RoomId, luck.Next(1, 8));
            visit.CheckOut(visit.EndsAt.AddMinutes(luck.Next(2, 8)), "Paula Brandt");
        }
        else if (visit.Status == VisitStatus.Arrived)
        {
            Along(visit, now, room ?? visit.RoomId);
        }
    }

    /// <summary>Most people answer the reminder a few days before.</summary>
    private static void Confirmed(Visit visit, DateTimeOffset now, Random luck)
    {
        var asked = visit.StartsAt.AddDays(-3);
        if (asked < now && luck.Next(100) < 75)
        {
            visit.Confirm(Earlier(asked.AddMinutes(luck.Next(60, 1200)), now, visit.BookedAt), "Paula Brandt");
        }
    }

    /// <summary>Whoever is here is in a room, with the provider or ready to leave, as the clock says.</summary>
    private static void Along(Visit visit, DateTimeOffset now, Guid? room)
    {
        Roomed(visit, now, room, 1);
        if (visit.StartsAt.AddMinutes(7) < now)
        {
            visit.See(visit.StartsAt.AddMinutes(6), "Nora Quist");
        }

        if (visit.EndsAt < now)
        {
            visit.Finish(visit.EndsAt, "Nora Quist");
        }
    }

    /// <param name="after">Minutes after the time for which the visit was booked.</param>
    private static void Roomed(Visit visit, DateTimeOffset now, Guid? room, int after)
    {
        if (room is { } free && visit.StartsAt.AddMinutes(2) < now)
        {
            visit.PutInRoom(free, "a room", Earlier(visit.StartsAt.AddMinutes(after), now, visit.ArrivedAt!.Value), "Nora Quist");
        }
    }

    /// <summary>Past days are over, but for two visits that somebody forgot: work for the task inbox.</summary>
    public static async Task CloseAsync(SchedulingDb db, IPractice practice, DateTimeOffset now, CancellationToken ct)
    {
        var today = WallTime.Day(DateOnly.FromDateTime(WallTime.At(now, practice.Zone).DateTime), practice.Zone).From;
        var open = await db.Visits.Where(v => v.EndsAt < today && (v.Status == VisitStatus.Booked || v.Status == VisitStatus.Arrived)).OrderBy(v => v.EndsAt).ToListAsync(ct);
        foreach (var visit in open.SkipLast(2))
        {
            if (visit.Status == VisitStatus.Booked)
            {
                visit.Arrive(visit.StartsAt, "Theo Lindqvist");
            }

            visit.CheckOut(visit.EndsAt, "Paula Brandt");
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Visits of today that were booked on an earlier day go as far as the clock says.</summary>
    public static async Task MoveTodayAsync(SchedulingDb db, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var visit in await practice.Locations.Select(place => db.Today(place, clock)).Aggregate((all, here) => all.Concat(here)).AsTracking().Where(v => v.Status == VisitStatus.Booked && v.StartsAt < now).ToListAsync(ct))
        {
            Live(visit, now, new Random(visit.Id.GetHashCode()));
        }

        await db.SaveChangesAsync(ct);
    }

    private static DateTimeOffset Earlier(DateTimeOffset wanted, DateTimeOffset now, DateTimeOffset notBefore) =>
        wanted > now ? now : wanted < notBefore ? notBefore.AddMinutes(30) : wanted;
}
