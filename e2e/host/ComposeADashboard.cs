using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A manager puts figures together, looks at one over three years and sets what it is to reach, without the mouse.</summary>
public sealed class ComposeADashboard(Browser browser, Office office)
{
    [Fact]
    public async Task A_manager_composes_a_dashboard_opens_a_figure_and_sets_its_target_by_keys()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Manager);
        await desk.Page.GotoAsync("/indicators");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("#main").FocusAsync();
        await desk.PressAsync("n");
        await Expect(desk.Page.Locator("main h1")).ToContainTextAsync("New dashboard");
        await desk.Page.Locator("main [name=Name]").FillAsync("Zq morning");
        await desk.Page.Locator("#keys-0").SelectOptionAsync("scheduling.no-shows");
        await desk.Page.Locator("#keys-2").SelectOptionAsync("scheduling.utilization");
        await desk.Page.Locator("#keys-2").PressAsync("Tab");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Save dashboard" }).FocusAsync();
        await desk.PressAsync("Enter");

        await Expect(desk.Page.Locator("main h1")).ToContainTextAsync("Zq morning");
        await Expect(desk.Page.Locator(".indicator h2")).ToHaveTextAsync(["No-show rate", "Booked share of provider hours"]);
        await desk.AssertGoodAtEveryWidthAsync();

        // The figure leads to its page, with the time that was looked at; three years are there, before the first visit too.
        await desk.Page.Locator(".indicator h2 a").Nth(1).FocusAsync();
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("main h1")).ToContainTextAsync("Booked share");
        await desk.Page.GotoAsync("/indicators/scheduling.utilization?period=3y");
        await Expect(desk.Page.Locator("table[data-list-of] tbody tr")).ToHaveCountAsync(36);
        await desk.AssertGoodAtEveryWidthAsync();

        await desk.Page.GotoAsync("/indicators/targets");
        await desk.OpenDrawerAsync(() => desk.PressAsync("n"), "New target");
        await desk.Page.Locator("#drawer [name=Indicator]").SelectOptionAsync("scheduling.utilization");
        await desk.Page.Locator("#drawer [name=Value]").FillAsync("1");
        await desk.SaveDrawerAsync("Target of Booked share of provider hours saved");
        await desk.Page.GotoAsync("/indicators/scheduling.utilization?period=12m");
        await Expect(desk.Page.Locator(".indicator .figure")).ToContainTextAsync("On target: 1%");
        desk.AssertQuiet();
    }
}
