using System.Collections.Concurrent;

namespace Modular.Sdk;

/// <summary>A legal public holiday of one year.</summary>
/// <param name="Key">Which of them, the same each year: <c>juneteenth</c>.</param>
/// <param name="Date">The day the law names.</param>
/// <param name="ObservedOn">The day offices are closed for it: the Friday before a Saturday, the Monday after a Sunday.</param>
public sealed record FederalHoliday(string Key, string Name, DateOnly Date, DateOnly ObservedOn);

/// <summary>
/// The legal public holidays of the United States by 5 U.S.C. 6103(a), from 1971 on; earlier years have none here. Inauguration Day (6103(c))
/// is no holiday but for federal employees around Washington, and is left out.
/// </summary>
/// <example><code>FederalHolidays.On(new(2026, 7, 3))   // Independence Day, July 4 being a Saturday</code></example>
public static class FederalHolidays
{
    /// <param name="From">First year, <paramref name="To"/> the last.</param>
    private sealed record Rule(string Key, string Name, Func<int, DateOnly> Day, int From = 1971, int To = 9999);

    // Pub. L. 90-363 moved four of them to Mondays from 1971 on, Veterans Day among them until Pub. L. 94-97 gave it back its day in 1978.
    private static readonly Rule[] Rules =
    [
        new("new-year", "New Year's Day", year => new(year, 1, 1)),
        new("king", "Birthday of Martin Luther King, Jr.", year => Weekday(year, 1, DayOfWeek.Monday, 3), From: 1986), // Pub. L. 98-144
        new("washington", "Washington's Birthday", year => Weekday(year, 2, DayOfWeek.Monday, 3)),
        new("memorial", "Memorial Day", year => Weekday(year, 6, DayOfWeek.Monday, 1).AddDays(-7)),
        new("juneteenth", "Juneteenth", year => new(year, 6, 19), From: 2021), // Pub. L. 117-17
        new("independence", "Independence Day", year => new(year, 7, 4)),
        new("labor", "Labor Day", year => Weekday(year, 9, DayOfWeek.Monday, 1)),
        new("columbus", "Columbus Day", year => Weekday(year, 10, DayOfWeek.Monday, 2)),
        new("veterans", "Veterans Day", year => Weekday(year, 10, DayOfWeek.Monday, 4), To: 1977),
        new("veterans", "Veterans Day", year => new(year, 11, 11), From: 1978),
        new("thanksgiving", "Thanksgiving Day", year => Weekday(year, 11, DayOfWeek.Thursday, 4)),
        new("christmas", "Christmas Day", year => new(year, 12, 25)),
    ];

    private static readonly ConcurrentDictionary<int, IReadOnlyList<FederalHoliday>> Years = new();

    /// <summary>Those that are observed in the year, in order; New Year's Day of the next one may be the last.</summary>
    public static IReadOnlyList<FederalHoliday> In(int year) => Years.GetOrAdd(year, static y =>
    [
        .. Of(y).Concat(y < 9999 ? Of(y + 1) : []).Where(h => h.ObservedOn.Year == y).OrderBy(h => h.ObservedOn),
    ]);

    /// <summary>The holiday that is observed on the day; null on any other.</summary>
    public static FederalHoliday? On(DateOnly day)
    {
        foreach (var holiday in In(day.Year))
        {
            if (holiday.ObservedOn == day)
            {
                return holiday;
            }
        }

        return null;
    }

    private static IEnumerable<FederalHoliday> Of(int year) =>
        from rule in Rules
        where year >= rule.From && year <= rule.To
        let day = rule.Day(year)
        select new FederalHoliday(rule.Key, rule.Name, day, Observed(day));

    /// <summary>A Saturday's by 5 U.S.C. 6103(b)(1), a Sunday's by Executive Order 11582.</summary>
    private static DateOnly Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static DateOnly Weekday(int year, int month, DayOfWeek weekday, int which)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)weekday - (int)first.DayOfWeek + 7) % 7) + ((which - 1) * 7));
    }
}
