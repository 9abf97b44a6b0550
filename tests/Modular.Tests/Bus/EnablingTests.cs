using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

public sealed class EnablingTests
{
    private static readonly Actor Manager = Actor.System("manager");

    [Fact]
    public async Task A_module_enabled_later_knows_what_was_and_hears_what_comes()
    {
        await using var host = await BusHost.StartAsync();
        var enabling = host.Services.GetRequiredService<ModuleEnabling>();
        await enabling.DisableAsync(host.North, "counting", Manager, default);
        await host.PublishAsync(host.North, [.. Enumerable.Range(1, 30).Select(n => (object)new NoteFact(n, "before"))]);
        await host.North.UntilAsync("select count(*) from facts.facts", 30L);
        Assert.False(host.North.IsOn("counting"));
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from counting.projection"));

        await enabling.EnableAsync(host.North, "counting", null, Manager, default);
        await host.PublishAsync(host.North, new NoteFact(5, "changed meanwhile"), new NoteFact(31, "after"));

        await host.North.UntilAsync("select state from core.modules where module = 'counting'", "on");
        await host.North.UntilAsync("select count(*) from counting.projection", 31L);
        await host.North.UntilAsync("select text from counting.projection where number = 5", "changed meanwhile");
        Assert.Equal("30", await host.North.AskAsync<string>("select (count(*) filter (where filling) + count(*) filter (where number = 5 and not filling))::text from counting.projection where number <= 30"));
        // A call to the outside is not repeated for old facts.
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from counting.calls where number between 6 and 30"));
        Assert.True(host.North.IsOn("counting"));
    }

    [Fact]
    public async Task What_was_queued_when_a_module_was_disabled_runs_after_it_is_enabled_again()
    {
        await using var host = await BusHost.StartAsync();
        var enabling = host.Services.GetRequiredService<ModuleEnabling>();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        await host.PublishAsync(host.North, new OutgoingMessage(new Modular.Counting.Messages.Tallied(77), new(ScheduledAt: later)));

        await enabling.DisableAsync(host.North, "counting", Manager, default);
        Assert.Equal("parked", await host.North.AskAsync<string>("select status from bus.inbox where queue = 'counting.third'"));
        await using (var due = host.North.Database.CreateCommand("update bus.parked set execution_time = now() where received_at = 'local://counting.third/'"))
        {
            await due.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await enabling.EnableAsync(host.North, "counting", null, Manager, default);

        await host.North.UntilAsync("select count(*) from counting.thirds where number = 77", 1L);
        Assert.Equal("on", await host.North.AskAsync<string>("select state from core.modules where module = 'counting'"));
    }

    [Fact]
    public async Task Enabling_takes_effect_on_the_other_host_without_a_restart()
    {
        await using var first = await BusHost.StartAsync();
        await using var second = await BusHost.StartAsync(catalogue: first.Catalogue);
        var enabling = first.Services.GetRequiredService<ModuleEnabling>();

        await enabling.DisableAsync(first.North, "counting", Manager, default);
        await UntilAsync(() => !second.North.IsOn("counting"));
        await enabling.EnableAsync(first.North, "counting", null, Manager, default);
        await UntilAsync(() => second.North.IsOn("counting") && second.North.Snapshot.ModuleStates["counting"] == "on");
    }

    [Fact]
    public async Task The_modules_page_turns_a_module_off_and_on_without_script()
    {
        await using var host = await BusHost.StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        var off = await manager.SubmitAsync(await manager.PageAsync("/admin/modules/disable/counting"), "form.form");
        Assert.Equal("/admin/modules", off.Headers.Location?.ToString());
        Assert.False(host.North.IsOn("counting"));
        Assert.NotNull((await manager.PageAsync("/admin/modules")).QuerySelector("#module-counting a[href='/admin/modules/enable/counting']"));

        await manager.SubmitAsync(await manager.PageAsync("/admin/modules/enable/counting"), "form.form");
        await host.North.UntilAsync("select state from core.modules where module = 'counting'", "on");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 400 && !condition(); i++)
        {
            await tick.WaitForNextTickAsync();
        }

        Assert.True(condition());
    }
}
