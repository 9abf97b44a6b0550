using System.Globalization;

namespace Modular.Sdk;

/// <summary>Dates, times and money as people in the office say them. US English; a patient-facing page has its own words.</summary>
public static class Said
{
    /// <summary>Today, Yesterday, Tomorrow, Nov 30, or Nov 30, 2025 in another year.</summary>
    public static string Day(DateOnly date, DateOnly today) => (date.DayNumber - today.DayNumber) switch
    {
        0 => "Today",
        1 => "Tomorrow",
        -1 => "Yesterday",
        _ => date.Year == today.Year ? Format(date, "MMM d") : Format(date, "MMM d, yyyy"),
    };

    /// <summary>Monday, November 23, 2026.</summary>
    public static string FullDay(DateOnly date) => Format(date, "dddd, MMMM d, yyyy");

    /// <summary>11/23/2026: as forms and tables show it.</summary>
    public static string ShortDay(DateOnly date) => Format(date, "MM/dd/yyyy");

    /// <summary>9:20 am.</summary>
    public static string Time(TimeOnly time) => time.ToString("h:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>The time on the wall that the value itself carries: give <c>WallTime.At(…)</c>.</summary>
    public static string Time(DateTimeOffset wall) => Time(TimeOnly.FromDateTime(wall.DateTime));

    /// <summary>Today 9:20 am.</summary>
    public static string Instant(DateTimeOffset instant, string zone, DateTimeOffset now)
    {
        var wall = WallTime.At(instant, zone);
        return $"{Day(DateOnly.FromDateTime(wall.DateTime), DateOnly.FromDateTime(WallTime.At(now, zone).DateTime))} {Time(TimeOnly.FromDateTime(wall.DateTime))}";
    }

    /// <summary>Age in full years, in months below two years: 38 y, 14 mo.</summary>
    public static string Age(DateOnly birth, DateOnly today)
    {
        var months = ((today.Year - birth.Year) * 12) + today.Month - birth.Month - (today.Day < birth.Day ? 1 : 0);
        return months < 24 ? $"{Math.Max(months, 0)} mo" : $"{months / 12} y";
    }

    /// <summary>$1,240.00, and −$30.00 with a real minus.</summary>
    public static string Money(decimal amount) => (amount < 0 ? "−$" : "$") + Math.Abs(amount).ToString("#,##0.00", CultureInfo.InvariantCulture);

    public static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary><c>Said.Many(3, "visit")</c> is "3 visits".</summary>
    public static string Many(long number, string one, string? many = null) => $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    private static string Format(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);
}
