using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>The pile of the scanner is worked off without a mouse: ten seconds a page is a handful of keys. What is typed is not counted.</summary>
public sealed class ScanInboxToChart(Browser browser, Office office)
{
    [Fact]
    public async Task A_fax_of_three_letters_is_split_turned_and_filed_to_three_charts_within_six_keys_a_page()
    {
        await using var desk = await AtTheInboxAsync();
        await OpenAsync(desk, "Harbor Cardiology");
        await Expect(desk.Page.Locator(".scan-pages h2")).ToHaveTextAsync("Page 1 of 3");
        await desk.AssertAccessibleAsync();
        desk.StartCounting();

        var patients = new[] { await office.EstablishedPatientAsync(), await office.EstablishedPatientAsync(), await office.EstablishedPatientAsync() };
        for (var i = 0; i < 3; i++)
        {
            await Expect(desk.Page.Locator(".scan-pages h2")).ToHaveTextAsync($"Page 1 of {3 - i}");
            if (i < 2)
            {
                await desk.PressAsync("s");
                await Expect(desk.Page.Locator(".scan-pages h2")).ToHaveTextAsync("Page 1 of 1");
            }

            await desk.PressAsync("r");
            await Expect(desk.Page.Locator(".scan-page.wide")).ToBeVisibleAsync();
            await FileAsync(desk, patients[i]);
        }

        Assert.True(desk.Actions <= 18, $"It took {desk.Actions} keys for three pages.");
        await desk.Page.GotoAsync(patients[2].Chart);
        await Expect(desk.Page.Locator("#documents")).ToContainTextAsync("Letter");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_fax_in_tiff_is_added_looked_at_split_and_opened_in_the_chart()
    {
        await using var desk = await AtTheInboxAsync();
        await desk.PressAsync("a");
        await desk.Page.Locator("#drawer input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "fax 0930 North Imaging.tif", MimeType = "image/tiff", Buffer = Faxes.Tiff(new Sheet(), new Sheet(Height: 2156, Down: 196)),
        });
        await desk.Page.Locator("#drawer button.primary").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("1 file added");

        await OpenAsync(desk, "North Imaging");
        await Expect(desk.Page.Locator(".scan-pages h2")).ToHaveTextAsync("Page 1 of 2");
        await Expect(desk.Page.Locator(".scan-page object[type='application/pdf']")).ToBeVisibleAsync();
        await desk.AssertAccessibleAsync();
        await desk.PressAsync("s");
        await Expect(desk.Page.Locator(".scan-pages h2")).ToHaveTextAsync("Page 1 of 1");
        var patient = await office.EstablishedPatientAsync();
        await FileAsync(desk, patient);

        await desk.Page.GotoAsync(patient.Chart);
        await Expect(desk.Page.Locator("#documents")).ToContainTextAsync("Letter");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task What_was_filed_in_the_wrong_chart_comes_back_and_what_belongs_nowhere_is_discarded()
    {
        await using var desk = await AtTheInboxAsync();
        await OpenAsync(desk, "Fairhaven Laboratory");
        var patient = await office.EstablishedPatientAsync();
        await FileAsync(desk, patient);
        await desk.Page.Locator("#toasts").GetByText("Undo").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("is back in the inbox");
        await Expect(desk.Page.Locator(".scan-list [aria-current]")).ToContainTextAsync("Fairhaven Laboratory");
        await desk.Page.GotoAsync(patient.Chart);
        await Expect(desk.Page.Locator("#documents")).ToContainTextAsync("Nothing filed yet");

        await desk.Page.GotoAsync("/patients/scans");
        await OpenAsync(desk, "signature");
        await desk.PressAsync("d");
        await Expect(desk.Page.Locator("#drawer button.primary")).ToBeVisibleAsync();
        await desk.AssertAccessibleAsync();
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("discarded: Advertising");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_second_desk_sees_who_has_it_open_and_that_it_was_filed()
    {
        await using var first = await AtTheInboxAsync();
        await using var second = await AtTheInboxAsync(Roles.Nurse);
        await OpenAsync(first, "scan 0002");
        await OpenAsync(second, "scan 0002");
        await second.Page.Locator("#live-state[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(second.Page.Locator("#scan-state")).ToContainTextAsync("has this open too");

        // The blank back is left out and the second sheet kept.
        await first.PressAsync("n");
        await Expect(first.Page.Locator(".scan-pages h2")).ToHaveTextAsync("Page 2 of 3");
        await first.PressAsync("x");
        await Expect(first.Page.Locator(".scan-form")).ToContainTextAsync("2 pages");
        await FileAsync(first, await office.EstablishedPatientAsync());

        await Expect(second.Page.Locator("#scan-state")).ToContainTextAsync("filed this");
        first.AssertQuiet();
        second.AssertQuiet();
    }

    private async Task<Desk> AtTheInboxAsync(string role = Roles.FrontDesk)
    {
        var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(role);
        await desk.Page.GotoAsync("/patients/scans");
        return desk;
    }

    private static async Task OpenAsync(Desk desk, string name)
    {
        var link = desk.Page.Locator(".scan-list a").Filter(new() { HasText = name });
        await desk.Page.GotoAsync((await link.GetAttributeAsync("href"))!);
        await Expect(desk.Page.Locator(".scan-list [aria-current]")).ToContainTextAsync(name);
    }

    /// <summary>The patient, Enter to take the first that is found, Enter to file.</summary>
    private static async Task FileAsync(Desk desk, Known patient)
    {
        await desk.PressAsync("p");
        await desk.TypeAsync(patient.Typed);
        await Expect(desk.Page.Locator("#patientid-found [role=option][aria-selected=true]")).ToContainTextAsync(patient.LastFirst);
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("[name=PatientName]")).ToHaveValueAsync(patient.LastFirst);
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync(new Regex($"filed for {patient.First}.*{patient.Last}"));
    }
}
