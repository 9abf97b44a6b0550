using System.Net;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

public sealed class GateTests
{
    [Fact]
    public async Task A_page_asks_nobody_to_sign_in_and_keeps_where_they_wanted_to_go()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.Client(host.North);

        var response = await client.GetAsync("/scheduling/days");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/account/sign-in?returnUrl=%2Fscheduling%2Fdays", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_unknown_host_name_gets_nothing()
    {
        await using var host = await TestHost.StartAsync();
        using var stranger = new TestClient(host.Address, "elsewhere.localhost");

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/")).StatusCode);
    }
}
