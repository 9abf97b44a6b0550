using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

public sealed class ModuleOnAndOff(Browser browser, Office office)
{
    [Fact]
    public async Task Scheduling_is_turned_off_and_on_in_the_middle_of_work_and_catches_up()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var owner = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await using var clerk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await owner.SignInAsync(Roles.Owner);
        await clerk.SignInAsync(Roles.FrontDesk);
        await clerk.OpenUntilAsync(patient.Chart, "main a[href^='/scheduling/']");
        try
        {
            await TurnOffAsync(owner);
            await clerk.Page.ReloadAsync();
            await Expect(clerk.Page.Locator(".banner")).ToContainTextAsync(patient.Last);
            await Expect(clerk.Page.Locator("a[href^='/scheduling/']")).ToHaveCountAsync(0);
            Assert.Equal(404, (await clerk.Page.GotoAsync("/scheduling/days"))!.Status);
            clerk.Expected("status of 404");
            await RegisterAsync(clerk);
        }
        finally
        {
            await TurnOnAsync(owner);
        }

        await clerk.Page.GotoAsync("/scheduling/days");
        await clerk.ChooseAsync("Book visit");
        await clerk.Page.Locator("#drawer [name=PatientName]").FillAsync("zqmeanwhile");
        await Expect(clerk.Page.Locator("#patient-found [role=option]")).ToContainTextAsync("Zqmeanwhile, Ola");
        await clerk.PressAsync("Enter");
        await clerk.AssertAccessibleAsync();
        await clerk.PressAsync("Enter");
        await Expect(clerk.Page.Locator("#toasts")).ToContainTextAsync("Zqmeanwhile, Ola booked:");
        clerk.AssertQuiet();
        owner.AssertQuiet();
    }

    private static async Task TurnOffAsync(Desk owner)
    {
        await owner.Page.GotoAsync("/admin/modules");
        await owner.AssertAccessibleAsync();
        await owner.Page.Locator("#module-scheduling").GetByText("Turn off").ClickAsync();
        await owner.AssertAccessibleAsync();
        await owner.ChooseAsync("Turn off Scheduling");
        await Expect(owner.Page.Locator("#module-scheduling .tag").First).ToHaveTextAsync("Off");
    }

    /// <summary>Filling with what two thousand patients, the staff and the rooms are now, while everybody works on.</summary>
    private static async Task TurnOnAsync(Desk owner)
    {
        await owner.Page.GotoAsync("/admin/modules/enable/scheduling");
        await owner.AssertAccessibleAsync();
        await owner.Page.Locator("main form button.primary").ClickAsync();
        await Expect(owner.Page.Locator("#module-scheduling .tag").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Starting|Filling|On"));
        await owner.OpenUntilAsync("/admin/modules", "#module-scheduling header .tag.ok");
    }

    private static async Task RegisterAsync(Desk clerk)
    {
        await clerk.Page.GotoAsync("/patients/registrations/quick");
        await clerk.Page.GetByLabel("Last name").FillAsync("Zqmeanwhile");
        await clerk.Page.GetByLabel("First name").FillAsync("Ola");
        await clerk.Page.GetByLabel("Birth date").FillAsync("022970");
        // 1970 was no leap year: the page says so as soon as the field is left.
        await clerk.Page.GetByLabel("Phone").FillAsync("5550104471");
        await Expect(clerk.Page.Locator(".field .error")).ToContainTextAsync("Not a date");
        await clerk.Page.GetByLabel("Birth date").FillAsync("022870");
        await clerk.ChooseAsync("Register patient");
        await Expect(clerk.Page.Locator(".banner")).ToContainTextAsync("Zqmeanwhile");
    }
}
