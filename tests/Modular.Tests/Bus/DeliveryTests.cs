using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Tests.Bus;

public sealed class DeliveryTests
{
    [Fact]
    public async Task A_message_of_one_module_reaches_every_handler_of_another_and_cascades()
    {
        await using var host = await BusHost.StartAsync();

        await host.PublishAsync(host.North, new NoteFact(7, "Snow in May"));

        await host.North.UntilAsync("select count(*) from counting.thirds where number = 7", 1L);
        Assert.Equal("Snow in May", await host.North.AskAsync<string>("select text from counting.projection where number = 7"));
        await host.North.UntilAsync("select count(*) from counting.calls where number = 7", 1L);
        Assert.Equal(0L, await host.South.AskAsync<long>("select count(*) from bus.inbox"));
    }
}
