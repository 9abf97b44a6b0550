namespace Modular.Sdk.Core;

/// <summary>A month of a fiscal year.</summary>
/// <param name="Year">The calendar year in which the fiscal year ends, which it is named after.</param>
/// <param name="Number">1 to 12.</param>
/// <param name="To">Last day, inclusive.</param>
public sealed record FiscalPeriod(int Year, int Number, DateOnly From, DateOnly To);

/// <summary>
/// The fiscal years of a legal entity: twelve months from a first one. Whether a period is open is the business of whoever books into it.
/// </summary>
/// <param name="firstMonth">1 to 12: <see cref="EntityChanged.FiscalMonth"/>.</param>
/// <example><code>new FiscalCalendar(firstMonth: 7).PeriodOf(new(2026, 8, 15))   // period 2 of 2027</code></example>
/// <exception cref="ArgumentOutOfRangeException">There is no such month.</exception>
public sealed class FiscalCalendar(int firstMonth)
{
    public int FirstMonth { get; } = firstMonth is >= 1 and <= 12 ? firstMonth
        : throw new ArgumentOutOfRangeException(nameof(firstMonth), firstMonth, "A month is 1 to 12.");

    /// <summary>The period that a day is in.</summary>
    public FiscalPeriod PeriodOf(DateOnly day)
    {
        var number = ((day.Month - FirstMonth + 12) % 12) + 1;
        var first = new DateOnly(day.Year, day.Month, 1);
        var year = FirstMonth > 1 && day.Month >= FirstMonth ? day.Year + 1 : day.Year;
        return new(year, number, first, new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)));
    }

    /// <summary>The twelve periods of a fiscal year.</summary>
    /// <param name="year">The calendar year in which it ends.</param>
    public IReadOnlyList<FiscalPeriod> Year(int year)
    {
        var first = new DateOnly(FirstMonth > 1 ? year - 1 : year, FirstMonth, 1);
        return [.. Enumerable.Range(0, 12).Select(month => PeriodOf(first.AddMonths(month)))];
    }
}
