using Modular.Scheduling.FreeTime;

namespace Modular.Scheduling.Panels;

/// <summary>Minutes of a provider's hours, and of those that a visit takes: the tile of this week and the indicator ask the same.</summary>
/// <param name="Booked">A visit beyond the hours adds nothing.</param>
public readonly record struct BookedHours(decimal Open, decimal Booked)
{
    public static BookedHours Of(Availability availability, Guid provider, DateOnly day)
    {
        var busy = availability.Facts.Busy.Where(b => b.ProviderId == provider).Select(b => b.During).OrderBy(b => b.From).ToList();
        var (open, booked) = (0.0, 0.0);
        foreach (var window in availability.Windows(provider, day))
        {
            open += (window.To - window.From).TotalMinutes;
            booked += Covered(window, busy);
        }

        return new((decimal)open, (decimal)booked);
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
