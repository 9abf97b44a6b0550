using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A health plan and a second behind it, and beside both the payer of an accident at work: one of a rank in each line, never two.</summary>
public sealed class CoverageAndCase(Browser browser, Office office)
{
    [Fact]
    public async Task A_second_primary_is_refused_with_a_sentence_and_allowed_beside_it_in_the_case_of_an_accident()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.RegisterAsync("Zqcovered", "Ines", "070782", "5550109979");
        await desk.OpenDrawerAsync(() => desk.PressAsync("c"), "Add coverage");
        await desk.AssertGoodAtEveryWidthAsync();
        await TypeAsync(desk, "Zq Harbor Health", "HH-1", "1/1/2026");
        await desk.SaveDrawerAsync("Primary coverage added");

        // A second primary over the same days: refused where it stands, with the days of the first, and what was typed is still there.
        await desk.OpenDrawerAsync(() => desk.PressAsync("c"), "Add coverage");
        await desk.Page.Locator("#drawer").GetByLabel("Primary", new() { Exact = true }).CheckAsync();
        await TypeAsync(desk, "Zq Tideway", "TW-2", "3/1/2026");
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#drawer .errors")).ToContainTextAsync("Zq Harbor Health is already primary");
        desk.Expected("422");
        await Expect(desk.Page.Locator("#drawer [name='Form.MemberId']")).ToHaveValueAsync("TW-2");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("#drawer").GetByLabel("Secondary").CheckAsync();
        await desk.SaveDrawerAsync("Secondary coverage added");

        await desk.OpenDrawerAsync(() => desk.ChooseAsync("Open case"), "Open a case");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.FillAsync("Form.AccidentOn", "5/20/2026");
        await desk.FillAsync("Form.AccidentState", "NY");
        await desk.FillAsync("Form.ClaimNumber", "WC-7781");
        await desk.FillAsync("Form.Employer", "Lakeside Cannery");
        await desk.FillAsync("Form.Injury", "Left wrist, fall from a ladder");
        await desk.FillAsync("Form.Adjuster", "Wanda Pruitt");
        await desk.SaveDrawerAsync("opened");

        // Its payer is primary too, from the day of the accident on: another line, so both stand side by side.
        await desk.OpenDrawerAsync(() => desk.ChooseAsync("Add its payer"), "Add coverage");
        await Expect(desk.Page.Locator("#drawer [name='Form.Line'] option:checked")).ToContainTextAsync("Case: ");
        await TypeAsync(desk, "Zq State Fund", "WC-7781", "5/20/2026");
        await desk.SaveDrawerAsync("Primary coverage added");
        await Expect(Row(desk, "Zq Harbor Health")).ToContainTextAsync("Primary");
        await Expect(Row(desk, "Zq Tideway")).ToContainTextAsync("Secondary");
        await Expect(Row(desk, "Zq State Fund")).ToContainTextAsync("Primary");
        await Expect(Row(desk, "Zq State Fund")).ToContainTextAsync("Case");

        // Within the case the rule is the same.
        await desk.OpenDrawerAsync(() => desk.PressAsync("c"), "Add coverage");
        await desk.Page.Locator("#drawer [name='Form.Line']").SelectOptionAsync(new SelectOptionValue { Index = await CaseAsync(desk) });
        await desk.Page.Locator("#drawer").GetByLabel("Primary", new() { Exact = true }).CheckAsync();
        await TypeAsync(desk, "Zq Other Fund", "OF-3", "6/1/2026");
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#drawer .errors")).ToContainTextAsync("Zq State Fund is already primary in this case");
        desk.Expected("422");
        await desk.PressAsync("Escape");
        await desk.Page.Locator("dialog").GetByText("Discard changes").Last.ClickAsync();
        await Expect(desk.Page.Locator("#drawer")).ToBeEmptyAsync();
        await Expect(Row(desk, "Zq Other Fund")).ToHaveCountAsync(0);
        await desk.AssertGoodAtEveryWidthAsync();
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_visit_is_booked_for_the_case_it_is_billed_to_and_set_back_to_the_health_plan_by_keyboard()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        var patient = await desk.RegisterAsync("Zqladder", "Ines", "070882", "5550109978");
        await desk.OpenDrawerAsync(() => desk.ChooseAsync("Open case"), "Open a case");
        await desk.FillAsync("Form.AccidentOn", "5/20/2026");
        await desk.FillAsync("Form.AccidentState", "NY");
        await desk.FillAsync("Form.ClaimNumber", "WC-7782");
        await desk.FillAsync("Form.Employer", "Lakeside Cannery");
        await desk.FillAsync("Form.Injury", "Right ankle, fall from a ladder");
        await desk.SaveDrawerAsync("opened");
        // The schedule is told of the case by a message.
        await desk.OpenUntilAsync($"/scheduling/appointments/book?patient={patient.Id}", "[name='Case']");

        await desk.Page.GotoAsync(patient.Chart);
        await desk.OpenDrawerAsync(() => desk.PressAsync("b"), "Book a visit");
        await desk.Page.Locator("#drawer [name='Case']").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("booked:");

        await desk.Page.GotoAsync(patient.Chart);
        await desk.Page.Locator("a[href^='/scheduling/appointments/']").Filter(new() { HasTextRegex = new("[0-9]:[0-9]{2}") }).First.ClickAsync();
        await Expect(desk.Page.Locator("#drawer")).ToContainTextAsync("Change case");
        await Expect(desk.Page.Locator("#drawer")).ToContainTextAsync("WC-7782");
        await desk.OpenDrawerAsync(() => desk.PressAsync("k"), "Case of the visit");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("#drawer [name='Case']").SelectOptionAsync("");
        await desk.SaveDrawerAsync("is for no case");
        desk.AssertQuiet();
    }

    private static async Task TypeAsync(Desk desk, string payer, string member, string from)
    {
        await desk.FillAsync("Form.NewPayer", payer);
        await desk.FillAsync("Form.MemberId", member);
        await desk.FillAsync("Form.EffectiveFrom", from);
    }

    private static Task<int> CaseAsync(Desk desk) =>
        desk.Page.Locator("#drawer [name='Form.Line']").EvaluateAsync<int>("list => [...list.options].findIndex(o => o.value.startsWith('case '))");

    private static ILocator Row(Desk desk, string payer) => desk.Page.Locator("#coverage tbody tr").Filter(new() { HasText = payer });
}
