using System.Globalization;
using System.Text.RegularExpressions;

namespace Modular.Sdk;

/// <summary>
/// A date as people type it: <c>t</c>, <c>t+14</c>, <c>3w</c>, <c>6m</c>, <c>010548</c>, <c>1/5/48</c>, <c>Jan 5 1948</c>, <c>5 Jan</c>.
/// The script of the page follows the same rules; the two are tested with one table.
/// </summary>
public static partial class TypedDate
{
    public const string Hint = "Not a date. Try 11/23/2026, t+14, 3w or 6m.";

    public const string Future = "A date of birth cannot be in the future.";

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <param name="today">The day at the place the person works for.</param>
    /// <param name="birth">Two digits of a year are then never in the future.</param>
    /// <returns>The date, or null and a sentence for the person.</returns>
    public static (DateOnly? Date, string? Fault) Read(string text, DateOnly today, bool birth = false)
    {
        var s = Spaces().Replace(text.Trim().ToLowerInvariant().Replace(',', ' '), " ");
        try
        {
            var read = Relative(s, today) ?? Numbers(s, today, birth) ?? Named(s, today, birth) ?? (null, Hint);
            return birth && read.Date > today ? (null, Future) : read;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the calendar: t+9999y.
            return (null, Hint);
        }
    }

    private static (DateOnly? Date, string? Fault)? Relative(string s, DateOnly today)
    {
        var m = FromToday().Match(s);
        if (!m.Success)
        {
            m = Ahead().Match(s);
        }

        if (!m.Success)
        {
            return null;
        }

        var n = m.Groups["n"].Success ? int.Parse(m.Groups["sign"].Value + m.Groups["n"].Value, CultureInfo.InvariantCulture) : 0;
        return (m.Groups["unit"].Value switch
        {
            "w" => today.AddDays(7 * n),
            "m" => today.AddMonths(n),
            "y" => today.AddMonths(12 * n),
            _ => today.AddDays(n),
        }, null);
    }

    private static (DateOnly? Date, string? Fault)? Numbers(string s, DateOnly today, bool birth)
    {
        foreach (var pattern in new[] { Iso(), Packed(), Parted() })
        {
            if (pattern.Match(s) is { Success: true } m)
            {
                return Dated(m.Groups["y"].Value, m.Groups["m"].Value, m.Groups["d"].Value, today, birth);
            }
        }

        return null;
    }

    private static (DateOnly? Date, string? Fault)? Named(string s, DateOnly today, bool birth)
    {
        foreach (var pattern in new[] { MonthFirst(), DayFirst() })
        {
            if (pattern.Match(s) is { Success: true } m && Array.IndexOf(Months, m.Groups["name"].Value[..3]) is var i and >= 0)
            {
                return Dated(m.Groups["y"].Value, $"{i + 1}", m.Groups["d"].Value, today, birth);
            }
        }

        return null;
    }

    private static (DateOnly? Date, string? Fault) Dated(string year, string month, string day, DateOnly today, bool birth)
    {
        var (m, d) = (int.Parse(month, CultureInfo.InvariantCulture), int.Parse(day, CultureInfo.InvariantCulture));
        if (m is < 1 or > 12)
        {
            return (null, $"{m} is not a month.");
        }

        var date = year.Length switch
        {
            0 => Real(today.Year, m, d) is { } x && birth && x > today ? Real(today.Year - 1, m, d) : Real(today.Year, m, d),
            > 2 => Real(int.Parse(year, CultureInfo.InvariantCulture), m, d),
            _ => ShortYear(int.Parse(year, CultureInfo.InvariantCulture), m, d, today, birth),
        };
        return date is null ? (null, $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(m)} has no day {d}{(m == 2 && d == 29 ? " that year" : "")}.") : (date, null);
    }

    /// <summary>Two digits are this century, unless that is a birth still to come or a day more than 20 years off.</summary>
    private static DateOnly? ShortYear(int y, int m, int d, DateOnly today, bool birth)
    {
        var soon = Real(2000 + y, m, d);
        var past = birth ? soon is null || soon > today : y > (today.Year % 100) + 20;
        return past ? Real(1900 + y, m, d) : soon;
    }

    private static DateOnly? Real(int y, int m, int d) =>
        y is >= 1 and <= 9999 && d >= 1 && d <= DateTime.DaysInMonth(y, m) ? new DateOnly(y, m, d) : null;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^t(?:oday)?(?: ?(?<sign>[+-]) ?(?<n>\d{1,4}) ?(?<unit>[dwmy]?))?$")]
    private static partial Regex FromToday();

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<n>\d{1,3}) ?(?<unit>[dwmy])$")]
    private static partial Regex Ahead();

    [GeneratedRegex(@"^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<m>\d{2})(?<d>\d{2})(?<y>\d{4}|\d{2})$")]
    private static partial Regex Packed();

    [GeneratedRegex(@"^(?<m>\d{1,2})[/.\- ](?<d>\d{1,2})(?:[/.\- ](?<y>\d{4}|\d{2}))?$")]
    private static partial Regex Parted();

    [GeneratedRegex(@"^(?<name>[a-z]{3,9})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?(?: (?<y>\d{4}|\d{2}))?$")]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^(?<d>\d{1,2})(?:st|nd|rd|th)? (?<name>[a-z]{3,9})\.?(?: (?<y>\d{4}|\d{2}))?$")]
    private static partial Regex DayFirst();
}
