using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk;

namespace Modular.Tests.Deadlines;

/// <summary>The clock of a matter, as a plain object.</summary>
public sealed class DeadlineClockTests
{
    private static readonly DateOnly Monday = new(2026, 6, 1);
    private static readonly DeadlineRule Access = new("45 CFR 164.524(b)(2)", 30, Extension: 30);

    [Fact]
    public void It_is_due_so_many_days_after_it_started()
    {
        Assert.Equal(new DateOnly(2026, 7, 1), DeadlineClock.Start(Access, Monday).DueOn);
        // July 3 is Independence Day's.
        Assert.Equal(new DateOnly(2026, 7, 6), DeadlineClock.Start(new("A law", 1, DayCount.Federal), new(2026, 7, 2)).DueOn);
    }

    [Fact]
    public void A_clock_that_counts_the_practices_days_asks_for_them()
    {
        var rule = new DeadlineRule("Our promise", 2, DayCount.Practice);
        Assert.Throws<InvalidOperationException>(() => DeadlineClock.Start(rule, Monday));
        Assert.Equal(new DateOnly(2026, 6, 5), DeadlineClock.Start(rule, Monday, new([new(null, new(2026, 6, 2), new(2026, 6, 3))], [])).DueOn);
    }

    [Fact]
    public void It_is_extended_once_with_a_reason_and_before_it_ran_out()
    {
        var clock = DeadlineClock.Start(Access, Monday);
        Assert.Equal("Give the reason for the extension.", clock.Extend(Access, Monday, " "));
        Assert.Equal("The time ran out on 07/01/2026. It can no longer be extended.", clock.Extend(Access, new(2026, 7, 2), "Off-site"));
        Assert.Null(clock.Extend(Access, new(2026, 7, 1), "Off-site"));
        Assert.Equal(new DateOnly(2026, 7, 31), clock.DueOn);
        Assert.Equal("The time was extended already, and may be only once (45 CFR 164.524(b)(2)).", clock.Extend(Access, new(2026, 7, 2), "Again"));
        Assert.Equal("The time cannot be extended (A law).", DeadlineClock.Start(new("A law", 5), Monday).Extend(new("A law", 5), Monday, "Please"));
    }

    [Fact]
    public void An_act_that_does_not_fit_says_why_and_changes_nothing()
    {
        var clock = DeadlineClock.Start(Access, Monday);
        Assert.Equal("The clock was started on 06/01/2026. Give that day or a later one.", clock.Pause(Monday.AddDays(-1)));
        Assert.Equal("The clock is not paused.", clock.Resume(Monday));
        Assert.Equal("The time ran out on 07/01/2026. It can no longer be paused.", clock.Pause(new(2026, 7, 2)));
        Assert.Null(clock.Pause(Monday.AddDays(3)));
        Assert.Equal("The clock has been paused since 06/04/2026.", clock.Pause(Monday.AddDays(4)));
        Assert.Equal("The clock was paused on 06/04/2026. Give that day or a later one.", clock.Resume(Monday));
        Assert.Null(clock.Resume(Monday.AddDays(5)));
        Assert.Equal("The clock was resumed on 06/06/2026. Give that day or a later one.", clock.Pause(Monday.AddDays(4)));
        Assert.Null(clock.Stop(Monday.AddDays(9)));
        Assert.Equal("The clock was stopped on 06/10/2026.", clock.Stop(Monday.AddDays(10)));
        Assert.Equal((Monday.AddDays(32), 2), (clock.DueOn, clock.PausedDays));
    }

    [Theory]
    [InlineData(0, "30 days left", "info")]
    [InlineData(23, "7 days left", "warn")]
    [InlineData(29, "1 day left", "warn")]
    [InlineData(30, "Due today", "warn")]
    [InlineData(31, "1 day overdue", "bad")]
    public void A_list_says_how_many_days_are_left(int after, string words, string tone)
    {
        var mark = DeadlineClock.Start(Access, Monday).Mark(Monday.AddDays(after));
        Assert.Equal((words, tone), (mark.Text, mark.Tone));
        Assert.Equal("Due Wednesday, July 1, 2026: 30 days from 06/01/2026 (45 CFR 164.524(b)(2))", mark.Title);
    }

    [Fact]
    public void A_list_says_that_a_clock_is_paused_or_was_stopped()
    {
        var clock = DeadlineClock.Start(Access, Monday);
        clock.Pause(Monday.AddDays(10));
        Assert.Equal("Paused, 20 days left", clock.Mark(Monday.AddDays(90)).Text);
        clock.Resume(Monday.AddDays(20));
        clock.Stop(Monday.AddDays(40));
        Assert.Equal("Done in time", clock.Mark(Monday.AddDays(90)).Text);
        var late = DeadlineClock.Start(Access, Monday);
        late.Stop(Monday.AddDays(32));
        Assert.Equal("Done 2 days late", late.Mark(Monday.AddDays(90)).Text);
    }

    [Fact(DisplayName = "Law: pausing and resuming moves the due day by exactly the pause, in the days that the rule counts")]
    public void A_pause_moves_the_due_day_by_itself() =>
        Prop.ForAll(BusinessDayTests.Closures(), Gen.Choose(0, 2).ToArbitrary(), Gen.Choose(0, 99_999).ToArbitrary(), (closures, count, seed) =>
        {
            var practice = new BusinessDays(closures, []);
            var clock = DeadlineClock.Start(new("A rule", 1 + (seed % 60), (DayCount)count), Monday, practice);
            var due = clock.DueOn;
            var pausedOn = Monday.AddDays(seed % (due.DayNumber - Monday.DayNumber + 1));
            var resumedOn = pausedOn.AddDays(seed % 45);
            clock.Pause(pausedOn);
            clock.Resume(resumedOn, practice);
            return Between(clock.Count, practice, due, clock.DueOn) == Between(clock.Count, practice, pausedOn, resumedOn);
        }).QuickCheckThrowOnFailure();

    [Fact(DisplayName = "Law: no order of acts gives a due day before the start, takes one back, or makes a pause negative")]
    public void No_order_of_acts_leads_astray() =>
        Prop.ForAll(BusinessDayTests.Closures(), Gen.Choose(0, 2).ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), (closures, count, acts) =>
        {
            var practice = new BusinessDays(closures, []);
            var rule = new DeadlineRule("A rule", 20, (DayCount)count, Extension: 10);
            var clock = DeadlineClock.Start(rule, Monday, practice);
            foreach (var act in acts)
            {
                var (due, paused, on) = (clock.DueOn, clock.PausedDays, Monday.AddDays((act / 5) - 10));
                var fault = (act % 5) switch
                {
                    0 or 1 => clock.Pause(on),
                    2 => clock.Resume(on, practice),
                    3 => clock.Extend(rule, on, "Off-site", practice),
                    _ => act > 220 ? clock.Stop(on) : null,
                };
                var stayed = (clock.DueOn, clock.PausedDays) == (due, paused);
                if (clock.DueOn < due || clock.DueOn < clock.StartedOn || clock.PausedDays < paused || (fault is not null && !stayed))
                {
                    return false;
                }
            }

            return Between(clock.Count, practice, clock.StartedOn, clock.DueOn) == clock.Days + clock.PausedDays;
        }).QuickCheckThrowOnFailure();

    private static int Between(DayCount count, BusinessDays practice, DateOnly from, DateOnly to) => count switch
    {
        DayCount.Calendar => to.DayNumber - from.DayNumber,
        DayCount.Federal => BusinessDays.Federal.Between(from, to),
        _ => practice.Between(from, to),
    };
}
