using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

public sealed class TwoDesks(Browser browser, Office office)
{
    /// <summary>Soon enough that nobody shouts across the room.</summary>
    private const float Soon = 2_000;

    [Fact]
    public async Task What_one_desk_books_and_whom_it_checks_in_the_other_sees_at_once()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var first = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await using var second = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await first.SignInAsync(Roles.FrontDesk);
        await second.SignInAsync(Roles.Nurse);
        await second.Page.GotoAsync("/scheduling/days");
        await second.Page.Locator("#live-state[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(Row(second, patient)).ToHaveCountAsync(0);

        await first.Page.GotoAsync(patient.Chart);
        await first.ChooseAsync("Book visit");
        await first.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(first.Page.Locator("#toasts")).ToContainTextAsync("booked:");
        await Expect(Row(second, patient)).ToBeVisibleAsync(new() { Timeout = Soon });

        await first.Page.GotoAsync("/scheduling/days");
        await Row(first, patient).GetByText("Arrive").ClickAsync();
        await Expect(Row(second, patient).Locator(".tag")).ToHaveTextAsync("Here", new() { Timeout = Soon });
        await Expect(Row(first, patient).Locator(".tag")).ToHaveTextAsync("Here", new() { Timeout = Soon });

        await second.AssertAccessibleAsync();
        first.AssertQuiet();
        second.AssertQuiet();
    }

    private static ILocator Row(Desk desk, Known patient) => desk.Page.Locator("#day .slot").Filter(new() { HasText = patient.LastFirst });
}
