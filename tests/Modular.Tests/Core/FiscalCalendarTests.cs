using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk.Core;

namespace Modular.Tests.Core;

/// <summary>The fiscal years of a legal entity.</summary>
public sealed class FiscalCalendarTests
{
    private static readonly Arbitrary<int> Months = Gen.Choose(1, 12).ToArbitrary();
    private static readonly Arbitrary<int> Days = Gen.Choose(0, 20_000).ToArbitrary();

    [Theory]
    [InlineData(1, "2026-01-01", 2026, 1)]
    [InlineData(1, "2026-12-31", 2026, 12)]
    [InlineData(7, "2026-06-30", 2026, 12)]
    [InlineData(7, "2026-07-01", 2027, 1)] // a year is named after the one it ends in
    [InlineData(10, "2027-02-28", 2027, 5)]
    public void A_day_is_in_the_period_that_its_month_is(int firstMonth, string day, int year, int number)
    {
        var period = new FiscalCalendar(firstMonth).PeriodOf(DateOnly.Parse(day));
        Assert.Equal((year, number), (period.Year, period.Number));
    }

    [Fact(DisplayName = "Law: every day is in one period, and the periods of all years follow one upon the other")]
    public void Periods_leave_no_day_out() => Prop.ForAll(Months, Days, (firstMonth, offset) =>
    {
        var calendar = new FiscalCalendar(firstMonth);
        var day = new DateOnly(1990, 1, 1).AddDays(offset);
        var period = calendar.PeriodOf(day);
        var year = calendar.Year(period.Year);
        return period.From <= day && day <= period.To && year[period.Number - 1] == period && year.Count == 12
            && year.Zip(year.Skip(1)).All(two => two.First.To.AddDays(1) == two.Second.From)
            && year[11].To.AddDays(1) == calendar.Year(period.Year + 1)[0].From;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void There_is_no_month_beyond_twelve(int firstMonth) => Assert.Throws<ArgumentOutOfRangeException>(() => new FiscalCalendar(firstMonth));
}
