using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A manager sets billing up: an edition of codes, prices of it, a rule of a payer.</summary>
public sealed class SetUpBilling(Browser browser, Office office)
{
    [Fact]
    public async Task From_a_publishers_file_to_prices_and_a_rule()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Manager);

        await desk.Page.GotoAsync("/billing/codes");
        await desk.PressAsync("n");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Load a code set");
        await desk.AssertGoodAtEveryWidthAsync();
        await LoadAsync(desk, "cpt", "code,short description,long description\n93000\n");
        await Expect(desk.Page.Locator(".errors").First).ToContainTextAsync("Line 2: 93000 has no description.");
        desk.Expected("422");
        await LoadAsync(desk, "cpt", "code,short description,long description\n93000,ECG with report,Electrocardiogram with report\n");
        await desk.SeesAsync("1 added, 0 changed, 0 ended.");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.GotoAsync("/billing/codes?q=electro+report");
        await desk.OpenDrawerAsync(() => desk.ChooseAsync("93000"), "93000");
        await desk.AssertGoodAtEveryWidthAsync();

        await desk.Page.GotoAsync("/billing/fees");
        await desk.OpenDrawerAsync(() => desk.PressAsync("n"), "Add a fee schedule");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.FillAsync("Name", "Zq charges");
        await desk.SaveDrawerAsync("Zq charges saved.");
        await desk.OpenDrawerAsync(() => desk.PressAsync("n"), "Add a price");
        await desk.FillAsync("Code", "93000");
        await desk.FillAsync("Amount", "64");
        await desk.SaveDrawerAsync("93000: $64.00.");
        await Expect(desk.Page.Locator("tbody tr")).ToContainTextAsync("ECG with report");
        await desk.AssertGoodAtEveryWidthAsync();

        await desk.Page.GotoAsync("/billing/payers");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.OpenDrawerAsync(() => desk.PressAsync("n"), "Add a payer rule");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("#drawer [name=FilingCode]").SelectOptionAsync("WC");
        await desk.FillAsync("FilingCount", "45");
        await desk.FillAsync("Source", "Board rule 325-1.3");
        await desk.SaveDrawerAsync("Rule saved.");
        await Expect(desk.Page.Locator("tbody")).ToContainTextAsync("Board rule 325-1.3");

        await desk.Page.GotoAsync("/billing/enrollments");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.OpenDrawerAsync(() => desk.PressAsync("n"), "Add enrollment");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.GotoAsync("/billing/identifiers");
        await desk.AssertGoodAtEveryWidthAsync();
        desk.AssertQuiet();
    }

    private static async Task LoadAsync(Desk desk, string kind, string text)
    {
        await desk.Page.Locator("[name='Form.Kind']").SelectOptionAsync(kind);
        await desk.FillAsync("Form.EffectiveOn", "1/1/2026");
        await desk.Page.Locator("[name='Form.File']").SetInputFilesAsync(new FilePayload { Name = "cpt.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await desk.ChooseAsync("Load file");
    }
}
