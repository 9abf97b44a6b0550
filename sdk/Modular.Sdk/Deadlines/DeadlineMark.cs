namespace Modular.Sdk;

/// <summary>A clock in words: “12 days left”, with a colour by how near the end is.</summary>
public static class DeadlineMark
{
    // A week, in days of either kind.
    private const int SoonCalendar = 7;
    private const int SoonBusiness = 5;

    /// <summary>For a column of a list, whose rows bring their day; on a page, <c>&lt;days-left&gt;</c> is the same.</summary>
    /// <param name="today">Where the matter is.</param>
    /// <param name="practice">For a clock that counts the practice's days.</param>
    /// <example><code>Marks = r =&gt; [r.Clock.Mark(today)]</code></example>
    public static Mark Mark(this DeadlineClock clock, DateOnly today, BusinessDays? practice = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var left = clock.Left(today, practice);
        var (day, soon) = clock.Count == DayCount.Calendar ? ("day", SoonCalendar) : ("business day", SoonBusiness);
        var title = $"Due {Said.FullDay(clock.DueOn)}: {Said.Many(clock.Days, day)} from {Said.ShortDay(clock.StartedOn)} ({clock.Citation})";
        return clock switch
        {
            { StoppedOn: { } on } when on > clock.DueOn => new($"Done {Late(clock.DueOn, on)} late", "warn", "alert", title),
            { StoppedOn: not null } => new("Done in time", "ok", "check", title),
            { IsPaused: true } => new($"Paused, {Said.Many(left, day)} left", "", "pause", title),
            _ when today > clock.DueOn => new($"{Late(clock.DueOn, today)} overdue", "bad", "alert", title),
            _ when today == clock.DueOn => new("Due today", "warn", "clock", title),
            _ => new($"{Said.Many(left, day)} left", left <= soon ? "warn" : "info", "clock", title),
        };
    }

    // Late is told by the calendar: a weekend after the last day is late as well.
    private static string Late(DateOnly due, DateOnly on) => Said.Many(on.DayNumber - due.DayNumber, "day");
}
