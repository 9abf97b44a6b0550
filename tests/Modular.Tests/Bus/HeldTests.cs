using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

/// <summary>A restored copy: nothing goes out and nothing runs by itself until somebody looked at the list.</summary>
public sealed class HeldTests
{
    // 01:30 in New York, half an hour before the nightly job of the facts plugin.
    private static readonly DateTimeOffset Night = new(2026, 11, 21, 6, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_held_practice_calls_nobody_and_runs_no_job_until_it_is_released()
    {
        var clock = new ManualClock(Night);
        await using var host = await HeldAsync(clock);

        await host.PublishAsync(host.North, new NoteFact(1, "one"), new NoteFact(2, "two"));
        await host.North.UntilAsync("select count(*) from counting.projection", 2L);
        clock.Advance(TimeSpan.FromHours(1));
        // Published after the job came due and handled: what was due before had its turn.
        await host.PublishAsync(host.North, new NoteFact(3, "three"));
        await host.North.UntilAsync("select count(*) from counting.projection", 3L);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from counting.calls"));
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from facts.nights"));

        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/held");
        Assert.Equal([.. Enumerable.Repeat("core.job-due", Jobs(host)), "counting.call", "counting.call", "counting.call"],
            page.QuerySelectorAll("td[data-label=Handler]").Select(c => c.TextContent.Trim()).Order());
        await manager.SubmitAsync(page, "form[action='/admin/held/release']");

        await host.North.UntilAsync("select count(*) from counting.calls", 3L);
        await host.North.UntilAsync("select count(*) from facts.nights", 1L);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from audit.entries where what = 'held messages and jobs released'"));
    }

    [Fact]
    public async Task What_is_discarded_never_goes_out_and_a_discarded_job_comes_at_its_next_time()
    {
        var clock = new ManualClock(Night);
        await using var host = await HeldAsync(clock);
        await host.PublishAsync(host.North, new NoteFact(1, "one"));
        await host.North.UntilAsync("select count(*) from counting.projection", 1L);
        clock.Advance(TimeSpan.FromHours(1));
        // Jobs are planned beside the start of the host.
        await host.North.UntilAsync("select count(*) from bus.inbox where queue = 'core.job-due'", (long)Jobs(host));

        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/held");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var ids = await host.North.AskAsync<Guid[]>("select array_agg(id) from bus.inbox where queue in ('counting.call', 'core.job-due')");
        await manager.Http.PostAsync("/admin/held/discard", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), .. ids.Select(id => KeyValuePair.Create("id", $"{id}"))]), TestContext.Current.CancellationToken);
        await host.North.UntilAsync(
            $"select coalesce(next_run = '{clock.GetUtcNow().AddHours(23.5):O}'::timestamptz, false) from bus.jobs where id = 'facts.night'", true);
        await manager.SubmitAsync(await manager.PageAsync("/admin/held"), "form[action='/admin/held/release']");

        await host.PublishAsync(host.North, new NoteFact(2, "two"));
        await host.North.UntilAsync("select count(*) from counting.calls", 1L);
        clock.Advance(TimeSpan.FromHours(24));
        await host.North.UntilAsync("select count(*) from facts.nights", 1L);
        Assert.Equal(2, await host.North.AskAsync<int>("select number from counting.calls"));
    }

    /// <summary>Those of the facts plugin and the core's own.</summary>
    private static int Jobs(TestHost host) =>
        host.Services.GetRequiredService<InstalledModules>().WithCore.Where(m => host.North.IsOn(m.Id)).Sum(m => m.Declared.Jobs.Count);

    private static async Task<TestHost> HeldAsync(ManualClock clock)
    {
        var host = await BusHost.StartAsync(clock: clock);
        await using (var hold = host.Services.GetRequiredService<Catalogue>().Database.CreateCommand("update practices set outbound_held = true where slug = 'north'"))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await host.Services.GetRequiredService<PracticeRegistry>().ChangedAsync(host.North, default);
        return host;
    }
}
