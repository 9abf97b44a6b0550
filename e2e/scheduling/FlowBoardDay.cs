using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>
/// A whole day at the desk, by the keys of the flow board: 60 visits of three providers, four late, three who never come, two walk-ins,
/// and one wrong patient checked in and taken back. Every step is seen on the board before the next.
/// </summary>
public sealed class FlowBoardDay(Browser browser, Office office)
{
    private const int NoShows = 3;
    private const int WalkIns = 2;

    /// <summary>So many go through every stage; the others are seen where they sit and leave by the key for it.</summary>
    private const int Whole = 12;

    [Fact]
    public async Task The_counts_agree_when_the_day_closes()
    {
        var day = await DayOfSixty.BookAsync(office, "day-desk");
        await using var desk = await Desk.OpenAsync(browser, office.Host, day.Practice);
        await desk.SignInAsync("day-desk", TestPeople.Password);
        await desk.Page.GotoAsync("/scheduling/flow");
        await desk.Page.Locator("#live-state[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await CountsAsync(desk, expected: 60, here: 0, left: 0, noShows: 0);
        await Expect(desk.Page.Locator("#flow-counts")).ToContainTextAsync($"{DayOfSixty.Late} late");

        await NobodyComesAsync(desk);
        await Expect(desk.Page.Locator("#flow-counts")).ToContainTextAsync("4 late");
        await WrongPatientAsync(desk);
        await WalkInAsync(desk, "Zqwalka");
        await WalkInAsync(desk, "Zqwalkb");
        await CountsAsync(desk, expected: 57, here: 2, left: 0, noShows: 3);
        await desk.AssertGoodAtEveryWidthAsync();

        for (var done = 0; done < DayOfSixty.Visits - NoShows + WalkIns; done++)
        {
            await SeeAsync(desk, done);
        }

        await CountsAsync(desk, expected: 0, here: 0, left: 59, noShows: 3);
        Assert.Equal(59L, await day.AskAsync<long>("select count(*) from scheduling.visits where status = 'checked-out'"));
        Assert.Equal(3L, await day.AskAsync<long>("select count(*) from scheduling.visits where status = 'no-show'"));
        await desk.Page.GotoAsync("/scheduling/days");
        await Expect(desk.Page.Locator("#counts")).ToContainTextAsync("62 visits");
        await Expect(desk.Page.Locator("#counts")).ToContainTextAsync("59 done");
        desk.AssertQuiet();
    }

    /// <summary>Three of those who should have been here long ago.</summary>
    private static async Task NobodyComesAsync(Desk desk)
    {
        for (var i = 0; i < NoShows; i++)
        {
            await StepAsync(desk, "expected", "m", "left");
        }
    }

    private static async Task WrongPatientAsync(Desk desk)
    {
        var name = await FocusAsync(desk, "expected", last: true);
        await desk.PressAsync("i");
        await Expect(desk.Page.Locator("#drawer:not(.htmx-settling) input:focus")).ToBeVisibleAsync();
        await desk.PressAsync("Enter");
        await Expect(Card(desk, "waiting", name)).ToBeVisibleAsync();
        await CountsAsync(desk, expected: 56, here: 1, left: 0, noShows: 3);
        await Card(desk, "waiting", name).Locator("a.name").FocusAsync();
        await desk.PressAsync("u");
        await Expect(Card(desk, "expected", name)).ToBeVisibleAsync();
    }

    private static async Task WalkInAsync(Desk desk, string last)
    {
        await desk.OpenDrawerAsync(() => desk.PressAsync("w"), "Walk-in");
        await desk.FillAsync("LastName", last);
        await desk.FillAsync("FirstName", "Ada");
        await desk.FillAsync("BirthDate", "010580");
        await desk.Page.Locator("#drawer [name=Sex]").SelectOptionAsync("F");
        await desk.Page.Locator("#drawer [name=LastName]").FocusAsync();
        await desk.PressAsync("Enter");
        await Expect(Card(desk, "waiting", last)).ToBeVisibleAsync();
    }

    /// <summary>The next patient from the door to the door: whoever waits already, or else whoever is expected first.</summary>
    private static async Task SeeAsync(Desk desk, int done)
    {
        if (await desk.Page.Locator("#flow-waiting .flow-card").CountAsync() == 0)
        {
            await StepAsync(desk, "expected", "a", "waiting");
        }

        var stage = "waiting";
        if (done < Whole)
        {
            await StepAsync(desk, "waiting", "r", "roomed");
            await StepAsync(desk, "roomed", "p", "with-provider");
            await StepAsync(desk, "with-provider", "f", stage = "check-out");
        }

        var name = await FocusAsync(desk, stage);
        await desk.PressAsync("o");
        await Expect(desk.Page.Locator("#drawer:not(.htmx-settling) [name=Date]")).ToBeFocusedAsync();
        await desk.PressAsync("Enter");
        await Expect(Card(desk, "left", name)).ToBeVisibleAsync();
    }

    /// <summary>One key on the first card of a column takes the patient to the next.</summary>
    private static async Task StepAsync(Desk desk, string from, string key, string to)
    {
        var name = await FocusAsync(desk, from);
        await desk.PressAsync(key);
        await Expect(Card(desk, to, name)).ToBeVisibleAsync();
    }

    private static async Task<string> FocusAsync(Desk desk, string stage, bool last = false)
    {
        var names = desk.Page.Locator($"#flow-{stage} .flow-card a.name");
        var link = last ? names.Last : names.First;
        await link.FocusAsync();
        return await link.InnerTextAsync();
    }

    private static async Task CountsAsync(Desk desk, int expected, int here, int left, int noShows) => await Expect(desk.Page.Locator("#flow-counts"))
        .ToHaveTextAsync(new Regex($@"^\s*{expected} expected\s*{here} here\s*{left} left\s*{noShows} no-shows"));

    private static ILocator Card(Desk desk, string stage, string name) => desk.Page.Locator($"#flow-{stage} .flow-card").Filter(new() { HasText = name });
}
