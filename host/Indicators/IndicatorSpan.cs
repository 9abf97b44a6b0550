using System.Globalization;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>The days that are looked at, both included, and how their points are drawn.</summary>
/// <param name="Period">The choice that it came from; empty for days that were typed.</param>
/// <param name="Shift">Months that the time before lies back; 0 for as many days as it has.</param>
public sealed record IndicatorSpan(string Period, DateOnly From, DateOnly To, int Shift = 0)
{
    public const string Usual = "12m";

    /// <summary>A longer time is no figure any more by which somebody leads.</summary>
    public const int MostYears = 10;

    public static IReadOnlyDictionary<string, string> Choices { get; } = new Dictionary<string, string>
    {
        ["30d"] = "Last 30 days", ["month"] = "This month", ["last-month"] = "Last month", ["quarter"] = "This quarter", ["year"] = "This year",
        ["12m"] = "Last 12 months", ["3y"] = "Last 3 years",
    };

    public static IndicatorSpan Of(string period, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return period switch
        {
            "30d" => new(period, today.AddDays(-29), today),
            "month" => new(period, month, today, 1),
            "last-month" => new(period, month.AddMonths(-1), month.AddDays(-1), 1),
            "quarter" => new(period, month.AddMonths(-((today.Month - 1) % 3)), today, 3),
            "year" => new(period, new(today.Year, 1, 1), today, 12),
            "3y" => new(period, month.AddMonths(-35), today, 36),
            _ => new(Usual, month.AddMonths(-11), today, 12),
        };
    }

    /// <summary>Days that were typed.</summary>
    /// <returns>The span, or why it cannot be shown.</returns>
    public static (IndicatorSpan? Span, string? Fault) Typed(string? from, string? to, DateOnly today)
    {
        var (first, last) = (Read(from, today), Read(to, today) ?? (string.IsNullOrWhiteSpace(to) ? today : null));
        return first is null || last is null ? (null, $"“{Shown(first is null ? from : to)}” is not a date; type it like 01/05/2026.")
            : last < first ? (null, "The last day is before the first.")
            : first < last.Value.AddYears(-MostYears) ? (null, $"Choose at most {MostYears} years.")
            : first > today ? (null, "These days have not come yet.")
            : (new("", first.Value, last > today ? today : last.Value), null);
    }

    private int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>As PostgreSQL calls it.</summary>
    public string Grain => Days <= 31 ? "day" : Days <= 123 ? "week" : "month";

    /// <summary>The time before it that it is compared with.</summary>
    public IndicatorSpan Before => Shift > 0 ? Back(-Shift) : this with { From = From.AddDays(-Days), To = From.AddDays(-1) };

    public IndicatorSpan YearBefore => Back(-12);

    public string Words => Choices.GetValueOrDefault(Period, $"{Said.ShortDay(From)} to {Said.ShortDay(To)}");

    /// <summary>Months that are read as such; days at the edges, and all of them where points are no months, are read as days.</summary>
    public (DateOnly From, DateOnly To) Months(DateOnly today)
    {
        var (first, behind) = (From.Day == 1 ? From : Month(From).AddMonths(1), To >= today ? Month(To).AddMonths(1) : Month(To.AddDays(1)));
        return Grain == "month" && first < behind ? (first, behind) : (From, From);
    }

    public string Label(DateOnly starts) => Grain switch
    {
        "month" => starts.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        _ => starts.ToString("MMM d", CultureInfo.InvariantCulture),
    };

    /// <summary>The last day of a point.</summary>
    public DateOnly EndOf(DateOnly starts)
    {
        var end = Grain switch { "month" => starts.AddMonths(1), "week" => starts.AddDays(7), _ => starts.AddDays(1) };
        return end.AddDays(-1) < To ? end.AddDays(-1) : To;
    }

    /// <summary>How many of an indicator's periods it lasts: a target of 40 a month is one of 480 for a year.</summary>
    public static decimal Periods(IndicatorPeriod period, DateOnly from, DateOnly to)
    {
        var days = (decimal)(to.DayNumber - from.DayNumber + 1);
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month + ((decimal)to.Day / DateTime.DaysInMonth(to.Year, to.Month))
            - ((decimal)(from.Day - 1) / DateTime.DaysInMonth(from.Year, from.Month));
        return period switch
        {
            IndicatorPeriod.Day => days,
            IndicatorPeriod.Week => days / 7,
            IndicatorPeriod.Month => months,
            IndicatorPeriod.Quarter => months / 3,
            _ => months / 12,
        };
    }

    private IndicatorSpan Back(int months)
    {
        // The whole of November lies a month behind the whole of October, not behind its first thirty days.
        var whole = To.AddDays(1).Day == 1;
        return this with { From = From.AddMonths(months), To = whole ? To.AddDays(1).AddMonths(months).AddDays(-1) : To.AddMonths(months) };
    }

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>No day of years that a practice cannot have: arithmetic with them ends nowhere.</summary>
    private static DateOnly? Read(string? typed, DateOnly today) =>
        Reading.Clean(typed) is { } text && TypedDate.Read(text, today).Date is { Year: > 1990 and < 2200 } day ? day : null;

    private static string Shown(string? typed) => typed is { Length: > 40 } ? typed[..40] + "…" : typed ?? "";
}
