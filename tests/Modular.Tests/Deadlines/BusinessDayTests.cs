using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk;

namespace Modular.Tests.Deadlines;

/// <summary>Which days count, and arithmetic over them.</summary>
public sealed class BusinessDayTests
{
    private static readonly Guid Here = Guid.NewGuid();
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly Arbitrary<int> Starts = Gen.Choose(0, 700).ToArbitrary();
    private static readonly Arbitrary<int> Counts = Gen.Choose(1, 120).ToArbitrary();

    [Fact]
    public void Weekends_federal_holidays_and_closed_days_are_skipped()
    {
        var days = new BusinessDays([new(null, new(2026, 12, 28), new(2026, 12, 29))], []);

        // Christmas is a Friday, the weekend and two closed days follow.
        Assert.Equal(new DateOnly(2026, 12, 30), days.Add(new(2026, 12, 24), 1));
        Assert.Equal(new DateOnly(2026, 12, 28), BusinessDays.Federal.Add(new(2026, 12, 24), 1));
        Assert.Equal(new DateOnly(2026, 12, 24), days.Add(new(2026, 12, 30), -1));
    }

    [Fact]
    public void A_holiday_on_which_the_practice_works_is_a_business_day()
    {
        var columbus = new DateOnly(2026, 10, 12);
        Assert.False(new BusinessDays([], []).IsOpen(columbus));
        Assert.True(new BusinessDays([], [columbus]).IsOpen(columbus));
    }

    [Fact]
    public void Days_on_which_one_place_is_closed_count_elsewhere()
    {
        var day = new DateOnly(2026, 3, 3);
        var days = new BusinessDays([new(Here, day, day)], []);
        Assert.Equal((true, false, true), (days.IsOpen(day), days.At(Here).IsOpen(day), days.At(Guid.NewGuid()).IsOpen(day)));
    }

    [Fact(DisplayName = "Law: so many business days on, and so many are between; the day is open, and every closed day was skipped")]
    public void Adding_and_counting_agree() => Prop.ForAll(Closures(), Starts, Counts, (closures, from, count) =>
    {
        var days = new BusinessDays(closures, []);
        var start = First.AddDays(from);
        var end = days.Add(start, count);
        var between = Enumerable.Range(1, end.DayNumber - start.DayNumber).Select(start.AddDays).Where(d => days.IsOpen(d)).ToList();
        return days.IsOpen(end) && days.Between(start, end) == count && days.Between(end, start) == -count && between.Count == count
            && !between.Any(d => closures.Any(c => c.From <= d && d <= c.To) || FederalHolidays.On(d) is not null
                || d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    }).QuickCheckThrowOnFailure();

    [Fact(DisplayName = "Law: as many back as on leads to the last business day at or before the beginning")]
    public void Going_back_undoes_going_on() => Prop.ForAll(Closures(), Starts, Counts, (closures, from, count) =>
    {
        var days = new BusinessDays(closures, []);
        var start = First.AddDays(from);
        return days.Add(days.Add(start, count), -count) == (days.IsOpen(start) ? start : days.Add(start, -1));
    }).QuickCheckThrowOnFailure();

    internal static Arbitrary<ClosedDays[]> Closures() => Gen.Choose(0, 900).Select(First.AddDays)
        .SelectMany(from => Gen.Choose(0, 20).Select(length => new ClosedDays(null, from, from.AddDays(length)))).ArrayOf(6).ToArbitrary();
}
