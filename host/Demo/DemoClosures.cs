using Modular.Host.Core;
using Modular.Sdk;

namespace Modular.Host.Demo;

/// <summary>Two closures ahead of any day: the next holiday for everybody, and a training day at one location.</summary>
public static class DemoClosures
{
    // The federal holidays on which most offices close.
    private static readonly string[] Taken = ["new-year", "memorial", "independence", "labor", "thanksgiving", "christmas"];

    public static IEnumerable<Closure> After(DateOnly today, Guid trainingAt)
    {
        var next = FederalHolidays.In(today.Year).Concat(FederalHolidays.In(today.Year + 1)).First(h => h.ObservedOn > today && Taken.Contains(h.Key));
        yield return new()
        {
            Id = Guid.CreateVersion7(), Holiday = next.Key, FromDate = next.ObservedOn, ToDate = next.ObservedOn, Reason = next.Name,
        };
        var training = Next(DayOfWeek.Thursday, today.AddDays(21));
        yield return new() { Id = Guid.CreateVersion7(), LocationId = trainingAt, FromDate = training, ToDate = training, Reason = "Staff training" };
    }

    /// <summary>The first such weekday on or after the date.</summary>
    private static DateOnly Next(DayOfWeek day, DateOnly from) => from.AddDays(((int)day - (int)from.DayOfWeek + 7) % 7);
}
