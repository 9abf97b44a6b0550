using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>Messages of callers, worked off one after the other without leaving the keyboard.</summary>
public sealed class WorkQueueByKeys(Browser browser, Office office)
{
    [Fact]
    public async Task A_biller_takes_a_message_opens_the_next_and_is_led_through_all_of_them_by_keys()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Biller);
        await desk.Page.GotoAsync("/patients/phone-messages");
        await TakeMessageAsync(desk, "Zq Routine Caller", "routine");
        await TakeMessageAsync(desk, "Zq Urgent Caller", "now");

        // The urgent one stands first: one key takes it where it is.
        await desk.Page.GotoAsync("/patients/phone-messages");
        await desk.Page.Locator("#main").FocusAsync();
        await desk.PressAsync("j");
        await desk.PressAsync("t");
        await Expect(Row(desk, "Zq Urgent Caller")).ToContainTextAsync("You");
        await Expect(desk.Page.Locator(".queue .tabs a").Filter(new() { HasText = "Yours" })).ToContainTextAsync("1");
        await desk.AssertGoodAtEveryWidthAsync();

        await desk.Page.Locator("#main").FocusAsync();
        await desk.PressAsync("w");
        await Expect(desk.Page.Locator("main h1")).ToContainTextAsync("Zq Urgent Caller");
        await Expect(desk.Page.Locator(".queue-row")).ToContainTextAsync("Yours");
        await desk.AssertGoodAtEveryWidthAsync();
        await CloseAsync(desk);

        // Nobody asked for it: the next one is there, and it is theirs.
        await Expect(desk.Page.Locator("main h1")).ToContainTextAsync("Zq Routine Caller");
        await Expect(desk.Page.Locator(".queue-row")).ToContainTextAsync("Yours");
        await CloseAsync(desk);
        await Expect(desk.Page.Locator("body")).ToContainTextAsync("That was the last message for you.");
        desk.AssertQuiet();
    }

    private static async Task TakeMessageAsync(Desk desk, string caller, string urgency)
    {
        await desk.OpenDrawerAsync(() => desk.PressAsync("n"), "Take a message");
        await desk.FillAsync("Caller", caller);
        await desk.FillAsync("Reason", "Asks about a bill");
        await desk.Page.Locator("#drawer [name=ToRole]").SelectOptionAsync(Roles.Biller);
        await desk.Page.Locator($"#drawer [name=Urgency][value={urgency}]").CheckAsync();
        await desk.SaveDrawerAsync("Message for billing taken");
    }

    private static async Task CloseAsync(Desk desk)
    {
        await desk.Page.Locator("main [name=Text]").FillAsync("Explained the bill");
        await desk.Page.Locator("main button[value=close]").ClickAsync();
    }

    private static ILocator Row(Desk desk, string caller) => desk.Page.Locator("tbody tr").Filter(new() { HasText = caller });
}
