using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A manager connects an app, and a nurse lets it work in her name: by keyboard, on the way through a real browser's rules.</summary>
public sealed class LetAProgramIn(Browser browser) : IAsyncLifetime
{
    private TestHost host = null!;
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/signed-in", (string? code, string? error) => code is null ? $"no code: {error}" : "the app has its code");
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task An_app_is_connected_asks_a_nurse_and_is_let_in_or_sent_away_by_keyboard()
    {
        await host.People.EnsureAsync(host.North, Roles.Manager);
        await host.People.EnsureAsync(host.North, Roles.Nurse);
        string id;
        await using (var manager = await Desk.OpenAsync(browser, host, host.North))
        {
            id = await ConnectAsync(manager);
        }

        await using var desk = await Desk.OpenAsync(browser, host, host.North);
        await desk.Page.GotoAsync(Address(id));
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await desk.Page.Locator("#Name").FillAsync($"north.{Roles.Nurse}.all");
        await desk.Page.Locator("#Password").FillAsync(TestPeople.Password);
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Allow Elm Charts?");
        await desk.SeesAsync("Find patients and open charts");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("#authorize .primary");
        await desk.PressAsync("Enter");
        await desk.SeesAsync("the app has its code");

        await desk.Page.GotoAsync(Address(id));
        await desk.TabToAsync("#authorize [value=deny]");
        await desk.PressAsync("Enter");
        await desk.SeesAsync("no code: access_denied");

        await desk.Page.GotoAsync(Address(id).Replace("signed-in", "elsewhere", StringComparison.Ordinal));
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("This program cannot go on");
        await desk.AssertAccessibleAsync();
        desk.Expected("400");
    }

    private static async Task<string> ConnectAsync(Desk desk)
    {
        await desk.SignInAsync($"north.{Roles.Manager}.all", TestPeople.Password);
        await desk.Page.GotoAsync("/admin/programs/edit");
        await desk.TabToAsync("[name='Form.Name']");
        await desk.TypeAsync("Elm Charts");
        await desk.TabToAsync("[name='Form.Kind']");
        await desk.PressAsync("ArrowDown");
        await desk.PressAsync("ArrowDown");
        await desk.TabToAsync("[name='Form.RedirectUris']");
        await desk.TypeAsync("http://localhost/signed-in");
        await desk.TabToAsync("[value='patients.patient.read']");
        await desk.PressAsync("Space");
        await desk.TabToAsync("#program .btn.primary");
        await desk.PressAsync("Enter");
        await desk.SeesAsync("Begin with http://127.0.0.1/");
        await desk.AssertAccessibleAsync();
        await desk.Page.Locator("[name='Form.RedirectUris']").FillAsync("http://127.0.0.1/signed-in");
        await desk.TabToAsync("#program .btn.primary");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Program connected");
        await desk.SeesAsync("It has no secret");
        await desk.AssertAccessibleAsync();
        desk.Expected("422");
        return await desk.Page.Locator("#client-id").InnerTextAsync();
    }

    private string Address(string id) =>
        $"/connect/authorize?response_type=code&client_id={id}&redirect_uri={Uri.EscapeDataString($"{app.Urls.First()}/signed-in")}&state=x"
        + $"&scope=patients.patient.read%20offline_access&code_challenge_method=S256&code_challenge={new string('a', 43)}";
}
