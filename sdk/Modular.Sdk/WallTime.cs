namespace Modular.Sdk;

/// <summary>
/// Between the clock on the wall of a place and instants. What repeats is stored as wall time with an IANA zone;
/// what happened or will happen is an instant.
/// </summary>
public static class WallTime
{
    /// <summary>The calendar date at a place now.</summary>
    public static DateOnly Today(TimeProvider clock, string zone) => DateOnly.FromDateTime(At(clock.GetUtcNow(), zone).DateTime);

    /// <summary>The instant as read off the wall at a place.</summary>
    public static DateTimeOffset At(DateTimeOffset instant, string zone) => TimeZoneInfo.ConvertTime(instant, Find(zone));

    /// <summary>
    /// The instant of a wall time. A time that the spring change skips moves forward by the gap (02:30 becomes 03:30);
    /// a time that the autumn change repeats takes the first of the two.
    /// </summary>
    public static DateTimeOffset Instant(DateOnly date, TimeOnly time, string zone)
    {
        var tz = Find(zone);
        var wall = date.ToDateTime(time, DateTimeKind.Unspecified);
        if (tz.IsInvalidTime(wall))
        {
            // The offset in force before the gap turns the skipped time into the same distance after it.
            return new DateTimeOffset(wall, tz.GetUtcOffset(wall.AddHours(-3))).ToUniversalTime();
        }

        var offset = tz.IsAmbiguousTime(wall) ? tz.GetAmbiguousTimeOffsets(wall).Max() : tz.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>The first instant of the date and the first of the next: a half-open day, 23 to 25 hours long.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Day(DateOnly date, string zone) =>
        (Instant(date, TimeOnly.MinValue, zone), Instant(date.AddDays(1), TimeOnly.MinValue, zone));

    /// <exception cref="TimeZoneNotFoundException">The zone is not an IANA zone of this machine.</exception>
    public static TimeZoneInfo Find(string zone) => TimeZoneInfo.FindSystemTimeZoneById(zone);
}
