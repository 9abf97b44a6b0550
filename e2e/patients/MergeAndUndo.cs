using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>Two records of one person become one, and two again: from the message that says so, and days later from the list.</summary>
public sealed class MergeAndUndo(Browser browser, Office office)
{
    [Fact]
    public async Task Two_records_of_one_person_are_compared_merged_and_taken_apart_again()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Manager);
        var kept = await desk.RegisterAsync("Zqdouble", "María", "030448", "5550109981");
        var gone = await desk.RegisterAsync("Zqdouble", "Maria", "030448", "5550109981", anyway: true);
        desk.Expected("422"); // the question whether she is registered already
        await AddAlertAsync(desk);

        await CompareAsync(desk);
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("What moves");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.FillAsync("Reason", "Same license");
        await desk.ChooseAsync("Merge ");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("is merged into");
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("Fall risk");
        Assert.EndsWith(kept.Chart, desk.Page.Url, StringComparison.Ordinal);
        await desk.Page.GotoAsync(gone.Chart);
        Assert.EndsWith(kept.Chart, desk.Page.Url, StringComparison.Ordinal);

        // Whoever finds the record that went finds the one that stayed, once.
        await desk.Page.GotoAsync("/patients?q=zqdouble");
        await Expect(desk.Page.Locator("#patients tbody tr")).ToHaveCountAsync(1);

        await desk.Page.GotoAsync("/patients/merges");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("tbody tr").Filter(new() { HasText = "Zqdouble" }).GetByText("Take back").ClickAsync();
        await desk.Page.Locator("dialog").GetByText("Take the merge back").Last.ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Both records are back");
        await BothAreBackAsync(desk, kept, gone);
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_merge_made_by_mistake_is_taken_back_from_the_message_that_tells_it()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Manager);
        var kept = await desk.RegisterAsync("Zqslip", "Anna", "110951", "5550109982");
        var gone = await desk.RegisterAsync("Zqslip", "Anna", "110951", "5550109982", anyway: true);
        desk.Expected("422");
        await AddAlertAsync(desk);
        await desk.Page.GotoAsync($"/patients/merges/merge?keep={kept.Id}&gone={gone.Id}");
        await desk.FillAsync("Reason", "Thought so");
        await desk.ChooseAsync("Merge ");

        await desk.Page.Locator("#toasts").GetByText("Undo").ClickAsync();

        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Both records are back");
        await BothAreBackAsync(desk, kept, gone);
        desk.AssertQuiet();
    }

    /// <summary>What is seen to move: to the record it goes into, and back.</summary>
    private static async Task AddAlertAsync(Desk desk)
    {
        await desk.Page.Locator("details.menu summary").Filter(new() { HasText = "Add" }).ClickAsync();
        await desk.OpenDrawerAsync(() => desk.PressAsync("a"), "Add an alert");
        await desk.FillAsync("Form.Text", "Fall risk");
        await desk.SaveDrawerAsync("Alert of");
    }

    /// <summary>From the work list, looked through anew; the elder record is the one that stays.</summary>
    private static async Task CompareAsync(Desk desk)
    {
        await desk.Page.GotoAsync("/patients/duplicates");
        await desk.ChooseAsync("Look again now");
        await desk.OpenUntilAsync("/patients/duplicates", "tr:has-text('Zqdouble')");
        await desk.Page.Locator("tbody tr").Filter(new() { HasText = "Zqdouble" }).GetByText("Compare").ClickAsync();
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Merge two records");
    }

    private static async Task BothAreBackAsync(Desk desk, Known kept, Known gone)
    {
        await desk.Page.GotoAsync(gone.Chart);
        Assert.EndsWith(gone.Chart, desk.Page.Url, StringComparison.Ordinal);
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("Fall risk");
        await desk.Page.GotoAsync(kept.Chart);
        await Expect(desk.Page.Locator(".banner")).Not.ToContainTextAsync("Fall risk");
    }
}
