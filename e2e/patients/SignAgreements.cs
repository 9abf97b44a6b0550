using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>An agreement is signed by keyboard at the desk, and drawn with a finger on a screen that was handed over.</summary>
public sealed class SignAgreements(Browser browser, Office office)
{
    private const string Title = "Zq financial policy";

    [Fact]
    public async Task A_patient_signs_at_the_desk_by_keyboard_and_the_certificate_has_the_words()
    {
        await PlantAsync();
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        var patient = await desk.RegisterAsync("Zqsigns", "Ilse", "091457");
        await desk.Page.GotoAsync($"/patients/privacy/{patient.Id}");
        await desk.Page.Locator("#agreements").GetByText(Title).First.ClickAsync();
        await Expect(desk.Page.Locator("#sign canvas")).ToBeVisibleAsync();
        await desk.AssertGoodAtEveryWidthAsync();

        await desk.TabToAsync("input[type=checkbox][name='Signature.Agreed']");
        await desk.PressAsync("Space");
        await desk.TabToAsync("#sign .btn.primary");
        await desk.PressAsync("Enter");

        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("is signed by");
        await desk.Page.Locator("#agreements").GetByText("Certificate").First.ClickAsync();
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("Pay within thirty days.");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("Typed: Ilse Zqsigns");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_screen_that_is_handed_over_takes_a_drawn_signature_and_is_locked_behind_it()
    {
        await PlantAsync();
        await using var tablet = await Desk.OpenAsync(browser, office.Host, office.Demo, width: 390);
        await tablet.SignInAsync(Roles.FrontDesk);
        var patient = await tablet.RegisterAsync("Zqdraws", "Omar", "091458");
        await tablet.Page.GotoAsync($"/patients/privacy/{patient.Id}");
        await tablet.Page.Locator("#agreements").GetByText(Title).First.ClickAsync();
        await tablet.ChooseAsync("Hand over this screen");
        await tablet.Page.Locator("dialog").GetByText("Hand over").Last.ClickAsync();
        var pad = tablet.Page.Locator("body.visitor canvas");
        await pad.ScrollIntoViewIfNeededAsync();
        await tablet.AssertAccessibleAsync();
        var box = (await pad.BoundingBoxAsync())!;
        await tablet.Page.Mouse.MoveAsync(box.X + 20, box.Y + 20);
        await tablet.Page.Mouse.DownAsync();
        await tablet.Page.Mouse.MoveAsync(box.X + 90, box.Y + 60, new() { Steps = 8 });
        await tablet.Page.Mouse.MoveAsync(box.X + 160, box.Y + 30, new() { Steps = 8 });
        await tablet.Page.Mouse.UpAsync();
        await tablet.Page.Locator("input[type=checkbox][name='Signature.Agreed']").CheckAsync();
        await tablet.Page.Locator("#sign .btn.primary").ClickAsync();
        await Expect(tablet.Page.Locator("h1")).ToHaveTextAsync("Thank you");
        await tablet.AssertAccessibleAsync();

        // Nothing but the lock page is behind it.
        await tablet.Page.GotoAsync($"/patients/privacy/{patient.Id}");
        await Expect(tablet.Page.Locator("form#unlock")).ToBeVisibleAsync();
        Assert.Equal(1L, await AskAsync($"select count(*) from core.signatures where patient_id = '{patient.Id}' and how = 'tablet' and drawn like '%-%'"));
        tablet.AssertQuiet();
    }

    private async Task PlantAsync()
    {
        await using var command = office.Demo.Database.CreateCommand($"""
            insert into patients.agreement_forms (id, kind, title, edition, in_use_from, required, body)
            select gen_random_uuid(), 'financial', '{Title}', '1', '2020-01-01', true, 'Pay within thirty days.'
            where not exists (select from patients.agreement_forms where title = '{Title}')
            """);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> AskAsync(string sql)
    {
        await using var command = office.Demo.Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
