using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>From a patient who leaves the desk to charges that are ready, the biller's part by keys alone.</summary>
public sealed class ChargeAVisit(Browser browser, Office office)
{
    /// <summary>Keys and choices of one encounter with two diagnoses and two services; what is typed is not counted.</summary>
    private const int MostActions = 16;

    [Fact]
    public async Task A_checked_out_visit_is_charged_and_closed_without_leaving_the_keyboard()
    {
        var patient = await office.EstablishedPatientAsync();
        await using (var front = await Desk.OpenAsync(browser, office.Host, office.Demo))
        {
            await front.SignInAsync(Roles.FrontDesk);
            await CheckOutAsync(front, patient);
        }

        await using var biller = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await biller.SignInAsync(Roles.Biller);
        var list = $"/billing/encounters?show=open&q={patient.Last}";
        await biller.OpenUntilAsync(list, "tbody tr");
        await biller.AssertGoodAtEveryWidthAsync();
        await biller.Page.GotoAsync(list);
        await biller.Page.Locator("tbody a[href^='/billing/superbill/']").First.FocusAsync();
        biller.StartCounting();

        await biller.PressAsync("Enter");
        await Expect(biller.Page.Locator("[name='Diagnoses[0]']")).ToBeFocusedAsync();
        await ChooseAsync(biller, "hypertension", "Diagnoses[0]", "I10");
        await biller.PressAsync("Enter");
        await Expect(biller.Page.Locator("[name='Diagnoses[1]']")).ToBeFocusedAsync();
        await ChooseAsync(biller, "type 2 diab", "Diagnoses[1]", "E11.9");
        await biller.PressAsync("Enter");
        await Expect(biller.Page.Locator("[name='Diagnoses[2]']")).ToBeFocusedAsync();
        await LeaveFieldAsync(biller);
        await biller.PressAsync("a");
        await Expect(biller.Page.Locator("[name='Lines[0].Code']")).ToBeFocusedAsync();
        await ChooseAsync(biller, "clinic visit", "Lines[0].Code", "G0463");
        await biller.PressAsync("Enter");
        await Expect(biller.Page.Locator("[name='Lines[1].Code']")).ToBeFocusedAsync();
        await Expect(biller.Page.Locator("#superbill")).ToContainTextAsync("$128.00");
        await ChooseAsync(biller, "depression", "Lines[1].Code", "G0444");
        await biller.PressAsync("Enter");
        await Expect(biller.Page.Locator("[name='Lines[2].Code']")).ToBeFocusedAsync();
        await LeaveFieldAsync(biller);
        await biller.PressAsync("l");

        await Expect(biller.Page.Locator("body")).ToContainTextAsync("ready with $157.00");
        Assert.True(biller.Actions <= MostActions, $"{biller.Actions} keys, at most {MostActions}");
        await biller.AssertGoodAtEveryWidthAsync();
        biller.AssertQuiet();
    }

    [Fact]
    public async Task The_superbill_works_without_script()
    {
        await using var biller = await Desk.OpenAsync(browser, office.Host, office.Demo, script: false);
        await biller.SignInAsync(Roles.Biller);
        await biller.Page.GotoAsync("/billing/encounters?show=open");
        await biller.Page.Locator("tbody a[href^='/billing/superbill/']").First.ClickAsync();
        await biller.FillAsync("Diagnoses[0]", "I10");
        await biller.FillAsync("Lines[0].Code", "g0463");
        await biller.Page.Locator("[name='Lines[0].Units']").PressAsync("Enter");

        await Expect(biller.Page.Locator("#superbill")).ToContainTextAsync("$128.00");
    }

    /// <summary>The first Escape closes what was found, the second leaves the field.</summary>
    private static async Task LeaveFieldAsync(Desk desk)
    {
        for (var tries = 0; tries < 2 && await desk.Page.EvaluateAsync<bool>("() => document.activeElement.matches('input')"); tries++)
        {
            await desk.PressAsync("Escape");
        }
    }

    /// <summary>Types words until the code stands first in the list, and takes it.</summary>
    private static async Task ChooseAsync(Desk desk, string words, string field, string code)
    {
        await desk.TypeAsync(words);
        await Expect(desk.Page.Locator($"[role=option][data-text='{code}']").First).ToBeVisibleAsync();
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator($"[name='{field}']")).ToHaveValueAsync(code);
    }

    private static async Task CheckOutAsync(Desk front, Known patient)
    {
        await front.Page.GotoAsync(patient.Chart);
        await front.ChooseAsync("Book visit");
        await front.Page.Locator("#drawer footer button").First.ClickAsync();
        await Expect(front.Page.Locator("#toasts")).ToContainTextAsync("booked:");
        await front.Page.GotoAsync("/scheduling/days");
        var row = front.Page.Locator("#day .slot").Filter(new() { HasText = patient.LastFirst });
        await row.GetByText("Arrive").ClickAsync();
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Here");
        await row.GetByText("Check out").ClickAsync();
        await Expect(front.Page.Locator("#toasts")).ToContainTextAsync("checked out");
    }
}
