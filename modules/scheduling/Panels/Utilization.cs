using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>How much of the providers' hours is booked, day by day of this week, for whoever plans them.</summary>
public sealed class Utilization(ScheduleReader schedule, ChosenLocation place, TimeProvider clock) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        if (place.Location is not { } where)
        {
            return null;
        }

        var today = WallTime.Today(clock, where.Zone);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var availability = await schedule.ReadAsync(where, monday, monday.AddDays(6), ct);
        var days = Enumerable.Range(0, 7).Select(monday.AddDays)
            .Select(day => (Day: day, Share: Share(availability, day))).Where(d => d.Share is not null).ToList();
        string Url(DateOnly day) => $"/scheduling/days/{day:yyyy-MM-dd}?location={where.Id}";
        return days.Count == 0 ? null : new(
            $"{Share(availability, today) ?? 0}%", "booked today", Url(today), "",
            Bars: [.. days.Select(d => new ChartPoint($"{d.Day:ddd}", d.Share!.Value, $"{d.Share}%", Url(d.Day)))]);
    }

    /// <summary>Minutes of hours that a visit takes, of all minutes of hours; null on a day without hours. A visit beyond the hours adds nothing.</summary>
    public static int? Share(Availability availability, DateOnly day)
    {
        var (open, booked) = (0.0, 0.0);
        foreach (var provider in availability.Facts.Providers)
        {
            var busy = availability.Facts.Busy.Where(b => b.ProviderId == provider.Id).Select(b => b.During).OrderBy(b => b.From).ToList();
            foreach (var window in availability.Windows(provider.Id, day))
            {
                open += (window.To - window.From).TotalMinutes;
                booked += Covered(window, busy);
            }
        }

        return open <= 0 ? null : (int)Math.Round(booked / open * 100);
    }

    // Two visits at the same time take the hour once.
    private static double Covered(Interval window, List<Interval> busy)
    {
        var (minutes, from) = (0.0, window.From);
        foreach (var taken in busy.Where(b => b.Overlaps(window)))
        {
            var begin = taken.From > from ? taken.From : from;
            var end = taken.To < window.To ? taken.To : window.To;
            if (end > begin)
            {
                minutes += (end - begin).TotalMinutes;
                from = end;
            }
        }

        return minutes;
    }
}
