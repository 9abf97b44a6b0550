using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

public sealed class StuckTests
{
    [Fact]
    public async Task A_handler_at_one_message_for_a_minute_is_named_on_the_jobs_page_of_its_practice()
    {
        var clock = new TestClock();
        await using var host = await BusHost.StartAsync(clock: clock);
        var watch = host.Services.GetRequiredService<HandlerWatch>();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        using (watch.Begin(host.North, "counting.first"))
        {
            clock.Move(TimeSpan.FromSeconds(50));
            Assert.Empty((await manager.PageAsync("/admin/jobs")).QuerySelectorAll(".note.bad"));
            clock.Move(TimeSpan.FromSeconds(11));
            Assert.Contains("counting.first is stuck.", (await manager.PageAsync("/admin/jobs")).QuerySelector(".note.bad")!.TextContent, StringComparison.Ordinal);
            Assert.Empty(watch.Stuck(host.South));
        }

        Assert.Empty((await manager.PageAsync("/admin/jobs")).QuerySelectorAll(".note.bad"));
    }
}
