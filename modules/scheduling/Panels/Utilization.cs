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
        var hours = availability.Facts.Providers.Select(p => BookedHours.Of(availability, p.Id, day)).ToList();
        var open = hours.Sum(h => h.Open);
        return open <= 0 ? null : (int)Math.Round(hours.Sum(h => h.Booked) / open * 100);
    }
}
