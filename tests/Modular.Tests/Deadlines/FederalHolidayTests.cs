using Modular.Sdk;

namespace Modular.Tests.Deadlines;

/// <summary>The legal public holidays of 5 U.S.C. 6103(a), and the days they are observed on.</summary>
public sealed class FederalHolidayTests
{
    [Fact]
    public void The_year_2026_has_eleven_and_independence_day_is_observed_on_the_friday_before() => Assert.Equal(
        [
            "new-year 2026-01-01", "king 2026-01-19", "washington 2026-02-16", "memorial 2026-05-25", "juneteenth 2026-06-19",
            "independence 2026-07-03",
            "labor 2026-09-07", "columbus 2026-10-12", "veterans 2026-11-11", "thanksgiving 2026-11-26", "christmas 2026-12-25",
        ],
        FederalHolidays.In(2026).Select(h => $"{h.Key} {h.ObservedOn:yyyy-MM-dd}"));

    [Theory]
    [InlineData("2021-12-31", "new-year")] // January 1, 2022 is a Saturday
    [InlineData("2022-12-26", "christmas")] // a Sunday
    [InlineData("2022-06-20", "juneteenth")] // a Sunday
    [InlineData("2021-06-18", "juneteenth")] // the first, a Saturday
    [InlineData("2027-07-05", "independence")] // a Sunday
    [InlineData("2023-11-10", "veterans")] // a Saturday
    [InlineData("2024-05-27", "memorial")]
    [InlineData("1975-10-27", "veterans")] // in October from 1971 to 1977
    [InlineData("2020-06-19", null)] // Juneteenth is a holiday from 2021 on
    [InlineData("1985-01-21", null)] // Dr. King's from 1986 on
    [InlineData("2025-01-21", null)] // the day after an inauguration
    [InlineData("2021-01-20", null)] // an inauguration: no holiday for a practice
    [InlineData("2026-07-04", null)] // observed the day before
    public void A_holiday_is_observed_on_the_day_the_law_says(string day, string? key) =>
        Assert.Equal(key, FederalHolidays.On(DateOnly.Parse(day))?.Key);

    [Fact]
    public void No_holiday_is_observed_on_a_weekend_and_no_two_on_one_day() => Assert.All(Enumerable.Range(1971, 200), year =>
    {
        var days = FederalHolidays.In(year).Select(h => h.ObservedOn).ToList();
        Assert.DoesNotContain(days, d => d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.Equal(days.Distinct(), days);
    });

    [Fact]
    public void The_last_year_of_the_calendar_and_the_years_before_the_law_have_an_answer()
    {
        Assert.NotEmpty(FederalHolidays.In(9999));
        Assert.Empty(FederalHolidays.In(1969));
    }
}
