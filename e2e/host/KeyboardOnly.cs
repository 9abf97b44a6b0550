using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>The front desk without a mouse. Keys are counted; what is typed is not.</summary>
public sealed class KeyboardOnly(Browser browser, Office office)
{
    [Fact]
    public async Task Three_letters_and_a_birth_date_bring_the_right_patient_on_screen_within_three_keys()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await AtTheFrontDeskAsync();
        desk.StartCounting();

        await FindAsync(desk, patient);

        Assert.True(desk.Actions <= 3, $"It took {desk.Actions} keys.");
        await desk.AssertAccessibleAsync();
        desk.AssertQuiet();
    }

    [Fact]
    public async Task An_established_patient_is_booked_into_the_first_fitting_slot_within_eight_keys()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await AtTheFrontDeskAsync();
        desk.StartCounting();

        await FindAsync(desk, patient);
        await BookFromChartAsync(desk);

        Assert.True(desk.Actions <= 8, $"It took {desk.Actions} keys.");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync($"{patient.LastFirst} booked:");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_caller_is_registered_found_booked_arrived_and_checked_out_without_a_mouse()
    {
        await using var desk = await AtTheFrontDeskAsync();
        await desk.PressAsync("g");
        await desk.PressAsync("p");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Patients");
        await desk.TypeAsync("Zqkeys, Nora 010548");
        await desk.SeesAsync("No patient matches");
        // Nobody is found: the arrow that leads into the list leads to "Register patient".
        await desk.PressAsync("ArrowDown");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("[name='LastName'], [name='Form.LastName']")).ToHaveValueAsync("Zqkeys");
        await desk.AssertAccessibleAsync();
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("Zqkeys");

        var patient = new Known(Guid.Parse(desk.Page.Url.Split('/')[^1]), "Nora", "Zqkeys", new(1948, 1, 5));
        await FindAsync(desk, patient);
        await BookFromChartAsync(desk);
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("booked:");

        await OpenVisitAsync(desk);
        await desk.AssertAccessibleAsync();
        await desk.PressAsync("a");
        var row = desk.Page.Locator("#day .slot").Filter(new() { HasText = patient.LastFirst });
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Here");
        await OpenVisitAsync(desk);
        await desk.PressAsync("o");
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Done");
        desk.AssertQuiet();
    }

    private async Task<Desk> AtTheFrontDeskAsync()
    {
        var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        return desk;
    }

    private static async Task FindAsync(Desk desk, Known patient)
    {
        await desk.PressAsync("/");
        await desk.TypeAsync(patient.Typed);
        await Expect(desk.Page.Locator("#found [role=option][aria-selected=true]")).ToContainTextAsync(patient.LastFirst);
        await desk.PressAsync("Enter");
        await desk.Page.WaitForURLAsync($"**{patient.Chart}");
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync(patient.Last);
    }

    private static async Task BookFromChartAsync(Desk desk)
    {
        await Expect(desk.Page.Locator("[data-key=b]")).ToBeVisibleAsync();
        await desk.PressAsync("b");
        await Expect(desk.Page.Locator("#drawer:not(.htmx-swapping, .htmx-settling) select:focus")).ToBeVisibleAsync();
        // What for, with whom, where: as they stand. Enter in the date books the first time that is marked.
        await desk.PressAsync("Tab");
        await desk.PressAsync("Tab");
        await desk.PressAsync("Tab");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#drawer")).ToBeEmptyAsync();
    }

    private static async Task OpenVisitAsync(Desk desk)
    {
        await desk.PressAsync("/");
        await desk.TypeAsync("zqkeys");
        var visit = desk.Page.Locator("#found [role=option]").Filter(new() { HasText = " · " }).Filter(new() { HasText = "with" });
        await Expect(visit).ToHaveCountAsync(1);
        await desk.PressAsync("ArrowDown");
        await Expect(visit).ToHaveAttributeAsync("aria-selected", "true");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToContainTextAsync("Zqkeys");
    }
}
