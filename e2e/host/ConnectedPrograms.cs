using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Outside;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A program's whole life at the manager's desk, without a mouse, against a receiver that fails at first.</summary>
public sealed class ConnectedPrograms(Browser browser) : IAsyncLifetime
{
    private readonly WebhookReceiver receiver = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        await receiver.StartAsync();
        host = await TestHost.StartAsync(builder =>
        {
            // What fails is given up in a moment instead of a quarter of an hour.
            builder.Services.AddSingleton(new BusOptions { QuickRetries = [TimeSpan.FromMilliseconds(5)], ScheduledRetries = [TimeSpan.FromMilliseconds(50)], HintInterval = TimeSpan.FromMilliseconds(200) });
            builder.Services.AddSingleton(new OutgoingClient(new() { MayCall = _ => true, Scheme = "http" }));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_program_is_connected_limited_told_mended_and_cut_off_by_keyboard()
    {
        await host.People.EnsureAsync(host.North, Roles.Manager);
        await using var desk = await Desk.OpenAsync(browser, host, host.North);
        await desk.SignInAsync($"north.{Roles.Manager}.all", TestPeople.Password);
        // The lists of this journey are among the pages of the rail; axe looks at what lies behind them.
        await desk.Page.GotoAsync("/admin/programs");
        var (id, secret) = await ConnectAsync(desk);
        await SubscribeAsync(desk);
        await MendAsync(desk);
        await CutOffAsync(desk);

        using var client = host.Client(host.North);
        using var token = await client.Http.PostAsync("/connect/token", new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]));
        Assert.Equal(HttpStatusCode.Unauthorized, token.StatusCode);
        desk.AssertQuiet();
    }

    /// <summary>The secret is shown once, and on no page afterwards.</summary>
    private static async Task<(string Id, string Secret)> ConnectAsync(Desk desk)
    {
        await desk.TabToAsync("main a[href='/admin/programs/edit']");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Connect a program");
        await desk.TabToAsync("[name='Form.Name']");
        await desk.TypeAsync("Elm Reminders");
        await desk.TabToAsync("[value='scheduling.visit.read']");
        await desk.PressAsync("Space");
        await desk.TabToAsync("[name='Form.AllLocations']");
        await desk.PressAsync("ArrowDown");
        await desk.TabToAsync($"[name='Form.Locations'][value='{TestHost.NorthLake}']");
        await desk.PressAsync("Space");
        await desk.TabToAsync("#program .btn.primary");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Program connected");
        await desk.AssertAccessibleAsync();
        var (id, secret) = (await desk.Page.Locator("#client-id").InnerTextAsync(), await desk.Page.Locator("#client-secret").InnerTextAsync());
        Assert.StartsWith("mps_", secret, StringComparison.Ordinal);

        await desk.TabToAsync("main a.primary");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToContainTextAsync("Programs");
        await desk.TabToAsync("main tbody th a");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Elm Reminders");
        await desk.AssertAccessibleAsync();
        Assert.DoesNotContain(secret, await desk.Page.ContentAsync(), StringComparison.Ordinal);
        return (id, secret);
    }

    private async Task SubscribeAsync(Desk desk)
    {
        await desk.TabToAsync("main a[href^='/admin/programs/webhooks/']");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToContainTextAsync("Webhooks of Elm Reminders");
        await desk.SeesAsync("Only of what happens at Lakeside.");
        await desk.TabToAsync("[name='Form.Url']");
        await desk.TypeAsync(receiver.Url);
        await desk.TabToAsync("[value='scheduling.appointment-booked.v1']");
        await desk.PressAsync("Space");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("#webhook .btn.primary");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#webhook-secret")).ToContainTextAsync("whs_");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("main a.primary");
        await desk.PressAsync("Enter");
    }

    /// <summary>The other side fails, what it was not told of waits among the failed messages, and goes out when it answers again.</summary>
    private async Task MendAsync(Desk desk)
    {
        receiver.Otherwise = 503;
        var webhooks = desk.Page.Url;
        await desk.TabToAsync("form[action*='/test/'] button");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("A test is on its way");
        await desk.OpenUntilAsync("/admin/dead-letters", "tbody [data-row]");
        receiver.Forget(200);
        await desk.Page.GotoAsync(webhooks);
        await desk.SeesAsync("It answered 503.");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync(".note a[href^='/admin/dead-letters']");
        await desk.PressAsync("Enter");
        await desk.TabToAsync("tbody [data-row] [type=checkbox]");
        await desk.PressAsync("Space");
        await desk.TabToAsync("form[action='/admin/dead-letters/replay'] button");
        await desk.PressAsync("Enter");
        await desk.SeesAsync("Nothing failed");
        Assert.Equal("core.webhook-test.v1", JsonDocument.Parse((await receiver.NextAsync()).Body).RootElement.GetProperty("type").GetString());
    }

    private static async Task CutOffAsync(Desk desk)
    {
        await desk.Page.GotoAsync("/admin/programs");
        await desk.TabToAsync("main tbody th a");
        await desk.PressAsync("Enter");
        await desk.TabToAsync("#revoke button");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("dialog")).ToContainTextAsync("It stops at once, for good.");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("dialog .btn.danger");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Elm Reminders is cut off");
        await desk.SeesAsync("No program is connected");
    }
}
