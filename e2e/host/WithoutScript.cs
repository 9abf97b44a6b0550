using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

public sealed class WithoutScript(Browser browser, Office office)
{
    [Fact]
    public async Task A_patient_is_registered_booked_arrived_and_checked_out_in_a_browser_without_script()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo, script: false);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.Page.GotoAsync("/patients/registrations/quick");
        await desk.Page.GetByLabel("Last name").FillAsync("Zqplain");
        await desk.Page.GetByLabel("First name").FillAsync("Ingrid");
        await desk.Page.GetByLabel("Birth date").FillAsync("13/45/48");
        await desk.Page.GetByLabel("Phone").FillAsync("555 010 9931");
        await desk.ChooseAsync("Register patient");

        // The error stands beside its field and on top, and nothing typed is lost.
        var birth = desk.Page.GetByLabel("Birth date");
        await Expect(birth).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(birth).ToHaveValueAsync("13/45/48");
        await Expect(desk.Page.Locator(".field").Filter(new() { Has = birth }).Locator(".error")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator(".errors a")).ToHaveCountAsync(1);
        await Expect(desk.Page.GetByLabel("Last name")).ToHaveValueAsync("Zqplain");
        await Expect(desk.Page.GetByLabel("Phone")).ToHaveValueAsync("555 010 9931");

        await birth.FillAsync("1/5/48");
        await desk.ChooseAsync("Register patient");
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("Zqplain");
        await desk.OpenUntilAsync(desk.Page.Url, "main a[href^='/scheduling/appointments/book']");
        await desk.ChooseAsync("Book visit");
        await desk.Page.Locator("#book footer button").ClickAsync();

        var row = desk.Page.Locator("#day .slot").Filter(new() { HasText = "Zqplain, Ingrid" });
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Zqplain, Ingrid booked:");
        await row.GetByText("Arrive").ClickAsync();
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Here");
        await row.GetByText("Check out").ClickAsync();
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Done");
    }
}
