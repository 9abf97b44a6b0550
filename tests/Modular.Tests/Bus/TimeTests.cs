using Microsoft.Extensions.DependencyInjection;
using Modular.Counting.Messages;
using Modular.Host.Bus;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

public sealed class TimeTests
{
    // 01:30 in New York, half an hour before the nightly job.
    private static readonly DateTimeOffset Night = new(2026, 11, 21, 6, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_scheduled_message_comes_when_its_time_has_come_and_not_before()
    {
        var clock = new ManualClock(Night);
        await using var host = await BusHost.StartAsync(clock: clock);

        await host.PublishAsync(host.North, new OutgoingMessage(new Attempted(1, 0), new(ScheduledAt: Night.AddMinutes(10))), new Attempted(2, 0));
        await host.North.UntilAsync("select count(*) from counting.tries where number = 2", 1L);
        clock.Advance(TimeSpan.FromMinutes(9));
        await host.PublishAsync(host.North, new Attempted(3, 0));
        await host.North.UntilAsync("select count(*) from counting.tries where number = 3", 1L);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from counting.tries where number = 1"));

        clock.Advance(TimeSpan.FromMinutes(1));
        await host.North.UntilAsync("select count(*) from counting.tries where number = 1", 1L);
    }

    [Fact]
    public async Task What_no_hint_tells_of_is_found_by_the_sweep_in_every_practice()
    {
        await using var host = await BusHost.StartAsync(BusHost.Quick with { NodeDeadAfter = TimeSpan.FromSeconds(3), SweepInterval = TimeSpan.FromSeconds(2) });
        var practices = new[] { host.North, host.South };
        foreach (var practice in practices)
        {
            await host.PublishAsync(practice, new OutgoingMessage(new Attempted(1, 0), new(ScheduledAt: TimeProvider.System.GetUtcNow().AddHours(1))));
            // Hint and alarm still say in an hour.
            Assert.Equal(1, await practice.AskAsync<int>("with moved as (update bus.wolverine_incoming_envelopes set execution_time = now() where status = 'Scheduled' and module = 'counting' returning id) select count(*)::int from moved"));
        }

        foreach (var practice in practices)
        {
            await practice.UntilAsync("select count(*) from counting.tries where number = 1", 1L);
        }
    }

    [Fact]
    public async Task A_job_runs_once_per_occurrence_in_the_practices_zone_with_two_hosts()
    {
        var clock = new ManualClock(Night);
        await using var first = await BusHost.StartAsync(clock: clock);
        await using var second = await BusHost.StartAsync(clock: clock, catalogue: first.Catalogue);

        // One night after the other: 02:00 in New York, then 24 hours later; 02:00 in Los Angeles comes three hours after the first.
        clock.Advance(TimeSpan.FromMinutes(31));
        await first.North.UntilAsync("select count(*) from facts.nights", 1L);
        Assert.Equal(0L, await first.South.AskAsync<long>("select count(*) from facts.nights"));
        clock.Advance(TimeSpan.FromHours(3));
        await first.South.UntilAsync("select count(*) from facts.nights", 1L);
        clock.Advance(TimeSpan.FromHours(21));
        await first.North.UntilAsync("select count(*) from facts.nights", 2L);

        await first.North.UntilAsync("select count(*) from bus.inbox where queue = 'core.job-due' and status = 'scheduled' and body->>'job' = 'facts.night'", 1L);
        await first.North.UntilAsync("select last_result from bus.jobs where id = 'facts.night'", "Done");
        Assert.Equal(2L, await first.North.AskAsync<long>("select count(*) from facts.nights"));
    }

    [Fact]
    public void What_runs_every_half_minute_has_in_each_practice_a_moment_of_its_own_and_keeps_it()
    {
        var practices = Enumerable.Range(1, 100).Select(n => new Guid(n, 0, 0, [0, 0, 0, 0, (byte)(n * 7), (byte)n, 0, 0])).ToList();
        var firsts = practices.Select(id => JobTimes.Next("0/30 * * * * ?", "America/New_York", Night, id)!.Value).ToList();

        Assert.All(firsts, first => Assert.InRange(first, Night, Night.AddSeconds(59)));
        Assert.True(firsts.Distinct().Count() > 20);
        Assert.Equal(firsts.Select(first => first.AddSeconds(30)), practices.Zip(firsts, (id, first) => JobTimes.Next("0/30 * * * * ?", "America/New_York", first, id)!.Value));
        Assert.Equal(Night.AddMinutes(30), JobTimes.Next("0 0 2 * * ?", "America/New_York", Night, practices[0]));
    }

    [Fact]
    public void Two_at_night_is_two_on_the_wall_of_the_practice_summer_and_winter()
    {
        Assert.Equal(new DateTimeOffset(2026, 7, 2, 6, 0, 0, TimeSpan.Zero), JobTimes.Next("0 0 2 * * ?", "America/New_York", new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 7, 0, 0, TimeSpan.Zero), JobTimes.Next("0 0 2 * * ?", "America/New_York", new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)));
    }
}
