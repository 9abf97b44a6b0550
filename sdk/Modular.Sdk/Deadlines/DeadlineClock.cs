using System.ComponentModel.DataAnnotations.Schema;

namespace Modular.Sdk;

/// <summary>
/// The clock of a matter (a request, an appeal, a license): it starts, pauses, resumes, is extended and stops, and knows the day it runs out.
/// A property of this type in a module's entity is kept in columns of the entity's own table, named after the property:
/// <c>Clock</c> has <c>clock_due_on</c> and its nine siblings. It keeps the rule that it began with.
/// </summary>
/// <remarks>
/// Each act says in a sentence why it cannot be done, and changes nothing then. A clock whose rule counts the practice's days needs them
/// in each act; the due day is counted anew in each, not when the practice changes its closed days.
/// </remarks>
/// <example><code>
/// appeal.Clock = DeadlineClock.Start(Appeal.Rule, form.DeniedOn);
/// if (appeal.Clock.Pause(form.AskedOn) is { } fault) { read.Refuse(nameof(form.AskedOn), fault); }
/// </code></example>
[ComplexType]
public sealed class DeadlineClock
{
    // For EF.
    private DeadlineClock()
    {
    }

    public DateOnly StartedOn { get; private set; }

    /// <summary>How long there is, with what was added.</summary>
    public int Days { get; private set; }

    public DayCount Count { get; private set; }

    public string Citation { get; private set; } = "";

    /// <summary>First day of the last pause.</summary>
    public DateOnly? PausedOn { get; private set; }

    /// <summary>Day on which it went on after the last pause; null while it lasts.</summary>
    public DateOnly? ResumedOn { get; private set; }

    /// <summary>Days of all pauses that are over, counted as the rule counts.</summary>
    public int PausedDays { get; private set; }

    public string? ExtendedBecause { get; private set; }

    public DateOnly? StoppedOn { get; private set; }

    /// <summary>The last day. While it is paused, as if it went on the same day.</summary>
    public DateOnly DueOn { get; private set; }

    public bool IsPaused => PausedOn is not null && ResumedOn is null;

    /// <param name="on">The day that brought it about; the first day that counts is the next.</param>
    /// <param name="practice">For a rule that counts the practice's days.</param>
    public static DeadlineClock Start(DeadlineRule rule, DateOnly on, BusinessDays? practice = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfNegative(rule.Days);
        var clock = new DeadlineClock { StartedOn = on, Days = rule.Days, Count = rule.Count, Citation = rule.Citation };
        clock.Recount(practice);
        return clock;
    }

    /// <summary>It waits for somebody else: the days until it resumes do not count.</summary>
    public string? Pause(DateOnly on)
    {
        if (Fault(on) is { } fault)
        {
            return fault;
        }

        if (IsPaused)
        {
            return $"The clock has been paused since {Said.ShortDay(PausedOn!.Value)}.";
        }

        if (on > DueOn)
        {
            return $"The time ran out on {Said.ShortDay(DueOn)}. It can no longer be paused.";
        }

        (PausedOn, ResumedOn) = (on, null);
        return null;
    }

    /// <summary>It goes on, and is due as many days later as the pause had.</summary>
    /// <param name="practice">For a rule that counts the practice's days.</param>
    public string? Resume(DateOnly on, BusinessDays? practice = null)
    {
        if (Fault(on) is { } fault)
        {
            return fault;
        }

        if (!IsPaused)
        {
            return "The clock is not paused.";
        }

        PausedDays += Counted(practice).Between(PausedOn!.Value, on);
        ResumedOn = on;
        Recount(practice);
        return null;
    }

    /// <summary>Adds the days that the rule allows once.</summary>
    /// <param name="because">The reason, as it is told in writing.</param>
    /// <param name="practice">For a rule that counts the practice's days.</param>
    public string? Extend(DeadlineRule rule, DateOnly on, string because, BusinessDays? practice = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (Fault(on) is { } fault)
        {
            return fault;
        }

        if (string.IsNullOrWhiteSpace(because))
        {
            return "Give the reason for the extension.";
        }

        if (rule.Extension <= 0)
        {
            return $"The time cannot be extended ({rule.Citation}).";
        }

        if (ExtendedBecause is not null)
        {
            return $"The time was extended already, and may be only once ({rule.Citation}).";
        }

        if (on > DueOn)
        {
            return $"The time ran out on {Said.ShortDay(DueOn)}. It can no longer be extended.";
        }

        (Days, ExtendedBecause) = (Days + rule.Extension, because.Trim());
        Recount(practice);
        return null;
    }

    /// <summary>What had to be done is done, or no longer asked for.</summary>
    public string? Stop(DateOnly on)
    {
        if (Fault(on) is { } fault)
        {
            return fault;
        }

        StoppedOn = on;
        return null;
    }

    /// <summary>Days left, counted as the rule counts: 0 on the last day, negative after it. What was left when it paused or stopped stays.</summary>
    /// <param name="practice">For a rule that counts the practice's days.</param>
    public int Left(DateOnly today, BusinessDays? practice = null) =>
        Counted(practice).Between(StoppedOn ?? (IsPaused ? PausedOn!.Value : today), DueOn);

    private string? Fault(DateOnly on)
    {
        if (StoppedOn is { } stopped)
        {
            return $"The clock was stopped on {Said.ShortDay(stopped)}.";
        }

        var (last, what) = IsPaused ? (PausedOn!.Value, "paused") : ResumedOn is { } resumed ? (resumed, "resumed") : (StartedOn, "started");
        return on < last ? $"The clock was {what} on {Said.ShortDay(last)}. Give that day or a later one." : null;
    }

    private void Recount(BusinessDays? practice) => DueOn = Counted(practice).Add(StartedOn, Days + PausedDays);

    private BusinessDays Counted(BusinessDays? practice) => Count switch
    {
        DayCount.Calendar => BusinessDays.Every,
        DayCount.Federal => BusinessDays.Federal,
        _ => practice ?? throw new InvalidOperationException(
            $"“{Citation}” counts the practice's own business days: give practice.BusinessDays."),
    };
}
