using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>Two desks on the day board, by keyboard: what one cuts, pastes and moves stands at the other at once.</summary>
public sealed class DayBoardDesks(Browser browser, Office office)
{
    private const float Soon = 2_000;

    [Fact]
    public async Task A_visit_cut_at_one_desk_and_pasted_on_another_week_appears_at_the_other_desk()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var first = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await using var second = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await first.SignInAsync(Roles.FrontDesk);
        await second.SignInAsync(Roles.Nurse);
        await second.Page.GotoAsync("/scheduling/board/t+14");
        await second.Page.Locator("#live-state[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await first.BookFirstAsync(patient);
        await first.Page.GotoAsync("/scheduling/board");

        await Visit(first, patient).FocusAsync();
        await first.PressAsync("x");
        await Expect(first.Page.Locator("#clipboard")).ToContainTextAsync(patient.LastFirst);
        await first.Page.GotoAsync("/scheduling/board/t+14");
        await FocusGapAsync(first, 8);
        await first.PressAsync("v");

        await Expect(first.Page.Locator("#toasts")).ToContainTextAsync(new Regex($"{Regex.Escape(patient.LastFirst)}.* moved to"));
        await Expect(Visit(second, patient)).ToBeVisibleAsync(new() { Timeout = Soon });
        await Expect(first.Page.Locator("#clipboard")).ToHaveCountAsync(0);

        var before = await Visit(second, patient).GetAttributeAsync("class");
        await Visit(first, patient).FocusAsync();
        await first.PressAsync("Shift+ArrowDown");
        await first.PressAsync("Enter");
        await Expect(first.Page.Locator("#toasts")).ToContainTextAsync("moved to");
        await Expect(Visit(second, patient)).Not.ToHaveAttributeAsync("class", before!, new() { Timeout = Soon });
        await first.AssertAccessibleAsync();
        first.AssertQuiet();
        second.AssertQuiet();
    }

    [Fact]
    public async Task A_visit_is_moved_to_another_week_within_six_keys()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await BookedAsync(patient, "/scheduling/board");
        await Visit(desk, patient).FocusAsync();
        desk.StartCounting();

        await desk.PressAsync("v");
        await Expect(desk.Page.Locator("#drawer [name=Date]")).ToBeFocusedAsync();
        await desk.TypeAsync("t+21");
        var told = desk.Page.WaitForResponseAsync(r => r.Url.Contains("/move/times", StringComparison.Ordinal));
        await desk.PressAsync("Tab");
        await told;
        await Expect(desk.Page.Locator("#drawer:not(.htmx-swapping, .htmx-settling) #times input:checked")).ToHaveCountAsync(1);
        await desk.PressAsync("Enter");

        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync(new Regex($"{Regex.Escape(patient.LastFirst)}.* moved to"));
        Assert.True(desk.Actions <= 6, $"It took {desk.Actions} keys.");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_patient_goes_through_the_flow_a_key_a_step_and_leaves_with_the_next_visit()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await BookedAsync(patient, "/scheduling/flow");
        var card = desk.Page.Locator(".flow-card").Filter(new() { HasText = patient.LastFirst });
        await Step(desk, card, "i");
        await Expect(desk.Page.Locator("#drawer input:focus")).ToBeVisibleAsync();
        await desk.AssertAccessibleAsync();
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#flow-waiting .flow-card").Filter(new() { HasText = patient.LastFirst })).ToBeVisibleAsync();
        await FreeARoomAsync(desk);
        foreach (var (column, key) in new[] { ("waiting", "r"), ("roomed", "p"), ("with-provider", "f") })
        {
            await Expect(desk.Page.Locator($"#flow-{column} .flow-card").Filter(new() { HasText = patient.LastFirst })).ToBeVisibleAsync();
            await Step(desk, card, key);
        }

        await Expect(desk.Page.Locator("#flow-check-out .flow-card").Filter(new() { HasText = patient.LastFirst })).ToBeVisibleAsync();
        desk.StartCounting();
        await Step(desk, card, "o");
        await Expect(desk.Page.Locator("#drawer [name=Date]")).ToBeFocusedAsync();
        await desk.TypeAsync("2w");
        await desk.PressAsync("Tab");
        await Expect(desk.Page.Locator("#drawer #times input:checked")).ToHaveCountAsync(1);
        await desk.PressAsync("Enter");

        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("checked out. Next visit:");
        await Expect(desk.Page.Locator("#flow-left .flow-card").Filter(new() { HasText = patient.LastFirst })).ToBeVisibleAsync();
        Assert.True(desk.Actions <= 8, $"It took {desk.Actions} keys.");
        await desk.AssertAccessibleAsync();
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_weekly_nine_o_clock_over_the_spring_change_is_booked_at_nine_on_every_day()
    {
        var patient = await office.EstablishedPatientAsync();
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.Page.GotoAsync($"/scheduling/series/book?patient={patient.Id}");
        await desk.Page.Locator("[name=Provider]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        // Monday before to Monday after the Sunday on which the clocks go forward.
        await desk.FillAsync("Date", office.ClocksGoForward().AddDays(-13).ToString("M/d/yyyy", CultureInfo.InvariantCulture));
        await desk.FillAsync("Time", "9:00 am");
        await desk.FillAsync("Times", "4");
        await desk.ChooseAsync("Show every visit");
        await Expect(desk.Page.Locator("tbody tr")).ToHaveCountAsync(4);
        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Book these visits");

        await Expect(desk.Page.Locator("h1")).ToContainTextAsync("Series of visits");
        await Expect(desk.Page.Locator("tbody tr").Filter(new() { HasText = "9:00 am" })).ToHaveCountAsync(4);
        await desk.AssertAccessibleAsync();
        desk.AssertQuiet();
    }

    private async Task<Desk> BookedAsync(Known patient, string then)
    {
        var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.BookFirstAsync(patient);
        await desk.Page.GotoAsync(then);
        return desk;
    }

    /// <summary>At this minute the demo may have a patient in every room: one of them is ready to leave first, as the office would have it.</summary>
    private static async Task FreeARoomAsync(Desk desk)
    {
        foreach (var (column, key, next) in new[] { ("roomed", "p", "with-provider"), ("with-provider", "f", "check-out") })
        {
            var here = desk.Page.Locator($"#flow-{column} .flow-card");
            if (await here.CountAsync() > 0)
            {
                var id = await here.First.GetAttributeAsync("id");
                await Step(desk, here.First, key);
                await Expect(desk.Page.Locator($"#flow-{next} [id='{id}']")).ToBeVisibleAsync();
            }
        }
    }

    private static async Task Step(Desk desk, ILocator card, string key)
    {
        await card.Locator("a.name").FocusAsync();
        await desk.PressAsync(key);
    }

    /// <summary>Puts the focus on free time of at least so many rows of five minutes, with a provider who keeps no time for a type.</summary>
    private static async Task FocusGapAsync(Desk desk, int rows) => Assert.True(await desk.Page.EvaluateAsync<bool>(
        "rows => { const gap = [...document.querySelectorAll('#board .free')].find(f => !f.closest('.lane').querySelector('.held') && +[...f.classList].find(c => /^d-\\d+$/.test(c)).slice(2) >= rows); gap?.focus(); return !!gap; }", rows));

    private static ILocator Visit(Desk desk, Known patient) => desk.Page.Locator("#board .visit").Filter(new() { HasText = patient.LastFirst });
}
