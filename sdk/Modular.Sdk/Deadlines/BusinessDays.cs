using System.Collections.Frozen;

namespace Modular.Sdk;

/// <summary>Days on which the practice, or one place of it, is closed.</summary>
/// <param name="LocationId">Null closes the whole practice.</param>
/// <param name="To">Last day, inclusive.</param>
public sealed record ClosedDays(Guid? LocationId, DateOnly From, DateOnly To);

/// <summary>
/// Which days count as business days, and arithmetic over them: Monday to Friday, less the federal holidays, less the days on which the
/// practice is closed. Opening hours say nothing here: a Saturday on which patients are seen is no business day.
/// <see cref="IPractice.BusinessDays"/> are the practice's own; <see cref="Federal"/> are those of a law, which knows of nobody's vacation.
/// </summary>
/// <example><code>
/// var by = practice.BusinessDays.At(visit.LocationId).Add(today, 2);   // the second business day after today
/// var left = BusinessDays.Federal.Between(today, appeal.DueOn);        // business days that are left; negative when it has passed
/// </code></example>
public sealed class BusinessDays
{
    private readonly IReadOnlyCollection<ClosedDays> closures;
    private readonly FrozenSet<DateOnly> worked;
    private readonly FrozenSet<DateOnly> closed;
    private readonly bool everyDay;

    private BusinessDays(IReadOnlyCollection<ClosedDays> closures, FrozenSet<DateOnly> worked, Guid? location, bool everyDay = false)
    {
        (this.closures, this.worked, this.everyDay) = (closures, worked, everyDay);
        closed = closures.Where(c => c.LocationId is null || c.LocationId == location)
            .SelectMany(c => Enumerable.Range(0, c.To.DayNumber - c.From.DayNumber + 1).Select(c.From.AddDays)).ToFrozenSet();
    }

    /// <param name="closures">Of the practice and its places.</param>
    /// <param name="worked">Days on which a federal holiday is observed and the practice works.</param>
    public BusinessDays(IEnumerable<ClosedDays> closures, IEnumerable<DateOnly> worked)
        : this([.. closures], worked.ToFrozenSet(), null)
    {
    }

    /// <summary>Monday to Friday, less the federal holidays.</summary>
    public static BusinessDays Federal { get; } = new([], []);

    /// <summary>Each day of the calendar.</summary>
    internal static BusinessDays Every { get; } = new([], FrozenSet<DateOnly>.Empty, null, everyDay: true);

    /// <summary>Those of one place: days on which it alone is closed are left out too.</summary>
    public BusinessDays At(Guid locationId) => closures.Any(c => c.LocationId == locationId) ? new(closures, worked, locationId) : this;

    public bool IsOpen(DateOnly day) => everyDay || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !closed.Contains(day) && (worked.Contains(day) || FederalHolidays.On(day) is null));

    /// <summary>
    /// The business day that comes so many after the date, which is not counted itself; a negative number goes back, 0 is the date.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It would be after the year 9999, or before the year 1.</exception>
    public DateOnly Add(DateOnly date, int days)
    {
        if (everyDay)
        {
            return date.AddDays(days);
        }

        for (var left = Math.Abs(days); left > 0;)
        {
            date = date.AddDays(Math.Sign(days));
            left -= IsOpen(date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>How many business days come after the first date, up to the last and with it; negative when the last is the earlier one.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -Between(to, from);
        }

        var days = to.DayNumber - from.DayNumber;
        return everyDay ? days : Enumerable.Range(1, days).Count(d => IsOpen(from.AddDays(d)));
    }
}
