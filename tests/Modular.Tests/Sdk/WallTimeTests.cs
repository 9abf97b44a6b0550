using Modular.Sdk;

namespace Modular.Tests.Sdk;

/// <summary>Rule G 70: 02:30 on spring-forward is moved visibly; 01:30 on fall-back keeps its offset.</summary>
public sealed class WallTimeTests
{
    [Theory]
    [InlineData("America/New_York", "2026-03-08", "02:30", "03:30 -04:00")]
    [InlineData("America/Chicago", "2026-03-08", "02:30", "03:30 -05:00")]
    [InlineData("Europe/Berlin", "2026-03-29", "02:30", "03:30 +02:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "02:45 +11:00")]
    [InlineData("America/Havana", "2026-03-08", "00:30", "01:30 -04:00")]
    [InlineData("Australia/Sydney", "2026-10-04", "02:30", "03:30 +11:00")]
    public void A_time_that_spring_skips_moves_forward_by_the_gap(string zone, string date, string time, string expected) =>
        Assert.Equal(expected, Wall(zone, date, time));

    [Theory]
    [InlineData("America/New_York", "2026-11-01", "01:30", "01:30 -04:00")]
    [InlineData("America/Los_Angeles", "2026-11-01", "01:30", "01:30 -07:00")]
    [InlineData("Europe/London", "2026-10-25", "01:30", "01:30 +01:00")]
    public void A_time_that_autumn_repeats_is_the_first_of_the_two(string zone, string date, string time, string expected) =>
        Assert.Equal(expected, Wall(zone, date, time));

    [Theory]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("America/Phoenix", "2026-03-08", 24)]
    public void A_day_is_as_long_as_its_clock_makes_it(string zone, string date, int hours)
    {
        var (from, to) = WallTime.Day(DateOnly.Parse(date), zone);

        Assert.Equal(hours, (to - from).TotalHours);
    }

    private static string Wall(string zone, string date, string time) =>
        WallTime.At(WallTime.Instant(DateOnly.Parse(date), TimeOnly.Parse(time), zone), zone).ToString("HH:mm zzz");
}
