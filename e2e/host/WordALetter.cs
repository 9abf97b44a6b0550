using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>The practice says a letter in its own words: wrong, right, looked at, kept, taken back; then it writes to those who did not come.</summary>
public sealed class WordALetter(Browser browser, Office office)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_letter_is_worded_looked_at_kept_and_taken_back_by_keyboard(int width)
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo, width: width);
        await desk.SignInAsync(Roles.Manager);
        // A language for each width: both run in one practice.
        var edit = $"/admin/letters/edit/referrals.referral-letter/{(width == 390 ? "es" : "en")}";
        await desk.Page.GotoAsync(edit);
        await desk.AssertAccessibleAsync();

        await desk.TabToAsync("textarea");
        await WordAsync("<p>Dear colleague, {{ patient.nmae }}</p>");
        await desk.TabToAsync("button[hx-post]");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#preview [role=alert]")).ToContainTextAsync("“patient.nmae” is no word of this letter.");
        desk.Expected("422");

        await desk.Page.Locator("textarea").FocusAsync();
        await WordAsync("<p>Dear colleague, {{ patient.name }}</p>");
        await desk.TabToAsync("#record");
        await desk.PressAsync("ArrowDown");
        await desk.TabToAsync("button[hx-post]");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#preview article")).ToContainTextAsync("Dear colleague, ");
        await desk.AssertAccessibleAsync();

        await desk.TabToAsync(".actions button");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Referral letter saved.");

        await desk.Page.GotoAsync(edit.Replace("/edit/", "/versions/", StringComparison.Ordinal));
        await desk.SeesAsync("Taken out");
        await desk.AssertAccessibleAsync();
        await desk.TabToAsync("footer button");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("The standard text is used again.");
        Assert.True(await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, "The page is wider than the screen.");
        desk.AssertQuiet();

        async Task WordAsync(string text)
        {
            await desk.PressAsync("Control+a");
            await desk.TypeAsync(text);
        }
    }

    [Fact]
    public async Task Patients_who_did_not_come_are_written_to_and_their_letters_are_one_file()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.Page.GotoAsync("/scheduling/no-shows?since=365");
        await desk.Page.Locator("td.pick input").First.CheckAsync();
        await desk.AssertAccessibleAsync();

        await desk.ChooseAsync("Write letters");
        await desk.Page.WaitForURLAsync("**/mail-merge/**");
        await desk.OpenUntilAsync(desk.Page.Url, "a[href$='/pdf']");

        await desk.SeesAsync("1 letter written");
        await desk.AssertAccessibleAsync();
        Assert.Equal("application/pdf", await desk.Page.Locator("a[href$='/pdf']").EvaluateAsync<string>(
            "async link => (await fetch(link.href)).headers.get('content-type')"));
        desk.AssertQuiet();
    }
}
