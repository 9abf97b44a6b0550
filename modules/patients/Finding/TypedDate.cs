using System.Globalization;
using System.Text.RegularExpressions;

namespace Modular.Patients.Finding;

/// <summary>
/// Reads a date in any way people type one: 1/5/48, 01-05-1948, 010548, 01051948, 1948-01-05, Jan 5 1948, 5 January 1948.
/// Month before day, as written in the United States.
/// </summary>
public static partial class TypedDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>A date of the past: two digits of a year mean the latest such date that is not in the future.</summary>
    public static DateOnly? Past(string? text, DateOnly today) => Read(text, two =>
        two.Year2000 <= today ? two.Year2000 : two.Year1900);

    /// <summary>A date near today, past or future: two digits of a year mean this century. <c>t</c> is today, <c>t+14</c> two weeks on.</summary>
    public static DateOnly? Near(string? text, DateOnly today)
    {
        if (Relative().Match(text?.Trim() ?? "") is { Success: true } match)
        {
            var days = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
            return today.AddDays(match.Groups[1].Value == "-" ? -days : days);
        }

        return Read(text, two => two.Year2000);
    }

    private static DateOnly? Read(string? text, Func<(DateOnly Year2000, DateOnly Year1900), DateOnly> century)
    {
        text = text?.Trim().ToLowerInvariant() ?? "";
        if (Parts(text) is not var (year, month, day) || !Valid(ref month, ref day))
        {
            return null;
        }

        if (year.Length == 4)
        {
            return Date(int.Parse(year, CultureInfo.InvariantCulture), month, day);
        }

        var short2 = int.Parse(year, CultureInfo.InvariantCulture);
        // February 29 exists in one of the two centuries only for 1900 and 2000.
        return (Date(2000 + short2, month, day), Date(1900 + short2, month, day)) switch
        {
            ({ } later, { } earlier) => century((later, earlier)),
            var (later, earlier) => later ?? earlier,
        };
    }

    private static (string Year, int Month, int Day)? Parts(string text)
    {
        if (Digits().Match(text) is { Success: true } run)
        {
            // 19480105 is year first; 12201948 is not, though it also starts like a year.
            return text.Length == 8 && text[..2] is "19" or "20" && text.Length == 8 && int.Parse(text[4..6], CultureInfo.InvariantCulture) is >= 1 and <= 12
                ? (text[..4], Number(text[4..6]), Number(text[6..]))
                : (run.Groups[3].Value, Number(run.Groups[1].Value), Number(run.Groups[2].Value));
        }

        if (YearFirst().Match(text) is { Success: true } iso)
        {
            return (iso.Groups[1].Value, Number(iso.Groups[2].Value), Number(iso.Groups[3].Value));
        }

        if (YearLast().Match(text) is { Success: true } us)
        {
            return (us.Groups[3].Value, Number(us.Groups[1].Value), Number(us.Groups[2].Value));
        }

        if (Named().Match(text) is { Success: true } named)
        {
            var month = Array.FindIndex(Months, named.Groups["month"].Value.StartsWith) + 1;
            return (named.Groups["year"].Value, month, Number(named.Groups["day"].Value));
        }

        return null;
    }

    private static bool Valid(ref int month, ref int day)
    {
        // 25/12/1980 can only be meant one way.
        if (month > 12 && day <= 12)
        {
            (month, day) = (day, month);
        }

        return month is >= 1 and <= 12 && day is >= 1 and <= 31;
    }

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= 1850 and <= 2200 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{2})(\d{2})(\d{2}|\d{4})$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(\d{4})[\s/.\-](\d{1,2})[\s/.\-](\d{1,2})$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(\d{1,2})[\s/.\-](\d{1,2})[\s/.\-](\d{4}|\d{2})$")]
    private static partial Regex YearLast();

    [GeneratedRegex(@"^(?:(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s\-]*(?<day>\d{1,2})(?:st|nd|rd|th)?|(?<day>\d{1,2})(?:st|nd|rd|th)?[\s\-]*(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)[\s,\-]+(?<year>\d{4}|\d{2})$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^t(?:([+\-])(\d{1,4}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Relative();
}
