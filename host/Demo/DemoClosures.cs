using Modular.Host.Core;

namespace Modular.Host.Demo;

/// <summary>Two closures ahead of any day: the next holiday for everybody, and a training day at one location.</summary>
public static class DemoClosures
{
    public static IEnumerable<Closure> After(DateOnly today, Guid trainingAt)
    {
        var (holiday, name) = Holidays(today.Year).Concat(Holidays(today.Year + 1)).First(h => h.Date > today);
        yield return new() { Id = Guid.CreateVersion7(), FromDate = holiday, ToDate = holiday, Reason = name };
        var training = Next(DayOfWeek.Thursday, today.AddDays(21));
        yield return new() { Id = Guid.CreateVersion7(), LocationId = trainingAt, FromDate = training, ToDate = training, Reason = "Staff training" };
    }

    /// <summary>The federal holidays on which most offices close, in order.</summary>
    private static IEnumerable<(DateOnly Date, string Name)> Holidays(int year) =>
    [
        (new(year, 1, 1), "New Year's Day"),
        (Next(DayOfWeek.Monday, new(year, 5, 25)), "Memorial Day"),
        (new(year, 7, 4), "Independence Day"),
        (Next(DayOfWeek.Monday, new(year, 9, 1)), "Labor Day"),
        (Next(DayOfWeek.Thursday, new(year, 11, 22)), "Thanksgiving"),
        (new(year, 12, 25), "Christmas Day"),
    ];

    /// <summary>The first such weekday on or after the date.</summary>
    private static DateOnly Next(DayOfWeek day, DateOnly from) => from.AddDays(((int)day - (int)from.DayOfWeek + 7) % 7);
}
