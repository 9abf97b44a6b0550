using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Outside;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>An owner sets up the practice's own provider and tries it, and somebody signs in with it: through a real browser's rules for cookies and redirects.</summary>
public sealed class SignInElsewhere(Browser browser) : IAsyncLifetime
{
    private readonly OutsideProvider provider = new() { Address = "nora@clinic.example" };
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        await provider.StartAsync();
        host = await TestHost.StartAsync(builder => builder.Services.AddSingleton(new OutgoingClient(new() { MayCall = _ => true, Scheme = "http", PersonWaits = TimeSpan.FromMinutes(1) })));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_provider_is_set_up_tried_and_used_and_when_it_is_down_the_password_goes_on()
    {
        await host.People.EnsureAsync(host.North, Roles.Owner);
        await host.People.AddAsync(host.North, "nora@clinic.example", [Roles.Nurse]);
        await using (var owner = await Desk.OpenAsync(browser, host, host.North))
        {
            await SetUpAsync(owner);
            owner.AssertQuiet();
        }

        await using var desk = await Desk.OpenAsync(browser, host, host.North);
        await desk.Page.GotoAsync("/patients");
        await Expect(desk.Page.Locator("#provider")).ToHaveTextAsync("Use my clinic account");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("#provider");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToContainTextAsync("Patients");
        desk.AssertQuiet();

        provider.Down = true;
        await using var other = await Desk.OpenAsync(browser, host, host.South);
        await other.Page.GotoAsync("/account/sign-in/provider");
        await other.SeesAsync("This practice has no sign-in provider");
        await other.AssertAccessibleAsync();
        other.Expected("422");
    }

    private async Task SetUpAsync(Desk desk)
    {
        await desk.SignInAsync($"north.{Roles.Owner}.all", TestPeople.Password);
        await desk.Page.GotoAsync("/admin/sign-in");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("[name='Form.Issuer']");
        await desk.TypeAsync(provider.Issuer);
        await desk.TabToAsync("[name='Form.ClientId']");
        await desk.TypeAsync(OutsideProvider.ClientId);
        await desk.TabToAsync("#secret");
        await desk.TypeAsync(OutsideProvider.Secret);
        await desk.Page.Locator("[name='Form.Button']").FillAsync("Use my clinic account");
        await desk.TabToAsync("[name='Form.Active'][type=checkbox]");
        await desk.PressAsync("Space");
        await desk.TabToAsync("#provider .btn.primary");
        await desk.PressAsync("Enter");
        await desk.TabToAsync("a[href='/admin/sign-in/test']");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#outcome")).ToContainTextAsync("It works: the provider says nora@clinic.example");
        await desk.AssertAccessibleAsync();
    }
}
