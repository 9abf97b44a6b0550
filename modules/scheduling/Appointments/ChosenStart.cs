using System.Globalization;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The start a form asks for: one that was offered, or a time typed on the wall of the place.</summary>
public static class ChosenStart
{
    /// <returns>The start, or the field and the sentence for the person.</returns>
    public static (DateTimeOffset? Start, string? Field, string? Fault) Read(string? offered, DateOnly date, TimeOnly? typed, Location where)
    {
        if (typed is not { } time)
        {
            return DateTimeOffset.TryParse(offered, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) ? (start, null, null) : (null, "Start", "Choose a time.");
        }

        var instant = WallTime.Instant(date, time, where.Zone);
        var wall = WallTime.At(instant, where.Zone);
        // Moving it silently would book an hour nobody said.
        return TimeOnly.FromDateTime(wall.DateTime) == time ? (instant, null, null)
            : (null, "Time", $"The clocks go forward on {date:MMMM d}: there is no {Said.Time(time)}. The same moment is {Said.Time(wall)}.");
    }
}
