using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A law office asks for a chart: who asks, by what right, until when, and what in the end left the practice.</summary>
public sealed class RecordRequestClock(Browser browser, Office office)
{
    private const string Law = "Zq Harrow Law Office", Why = "The old chart is in the archive across town";

    [Fact]
    public async Task A_request_for_records_is_checked_answered_in_time_and_written_down_as_a_disclosure()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        var patient = await desk.RegisterAsync("Zqrecords", "Owena", "091455");
        var privacy = $"/patients/privacy/{patient.Id}";
        await desk.Page.GotoAsync(privacy);
        await TakeAsync(desk, Law, "t");
        await Expect(Request(desk, Law)).ToContainTextAsync("Not checked");
        await Expect(Request(desk, Law)).ToContainTextAsync("30 days left due ");
        await desk.AssertGoodAtEveryWidthAsync();

        // Work for somebody until it is answered.
        await desk.Page.GotoAsync("/inbox?q=Zqrecords");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("Owena Zqrecords to " + Law);

        // Nothing leaves before somebody looked at the right to ask.
        await desk.Page.GotoAsync(privacy);
        await desk.OpenDrawerAsync(() => desk.ChooseAsync(Law), "Answer a request");
        await desk.Page.Locator("#drawer").GetByLabel("Sent", new() { Exact = true }).CheckAsync();
        await desk.FillAsync("Form.Fee", "12.50");
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#drawer .errors")).ToContainTextAsync("Look at the right to ask");
        await Expect(desk.Page.Locator("#drawer .errors")).ToContainTextAsync("what the fee is for");
        desk.Expected("422");
        await Expect(Disclosures(desk)).ToHaveCountAsync(0);
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("#drawer [name='Form.Authority']").SelectOptionAsync("authorization");
        await desk.FillAsync("Form.FeeFor", "Copies and postage");
        await desk.SaveDrawerAsync($"Request of {Law}: sent.");

        await Expect(Request(desk, Law)).ToContainTextAsync("Signed authorization");
        await Expect(Request(desk, Law)).ToContainTextAsync("Sent ");
        await Expect(Request(desk, Law)).ToContainTextAsync("$12.50");
        await Expect(Disclosures(desk)).ToHaveCountAsync(1);
        await Expect(Disclosures(desk)).ToContainTextAsync(Law);
        await desk.Page.GotoAsync($"/patients/timelines/{patient.Id}");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync(Law);
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.GotoAsync("/inbox?q=Zqrecords");
        await Expect(desk.Page.Locator("main")).Not.ToContainTextAsync("Owena Zqrecords to " + Law);
        desk.AssertQuiet();
    }

    [Fact]
    public async Task The_clock_of_thirty_days_is_set_back_once_with_a_reason_and_not_when_it_ran_out()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        var patient = await desk.RegisterAsync("Zqclock", "Tess", "091456");
        await desk.Page.GotoAsync($"/patients/privacy/{patient.Id}");
        await TakeAsync(desk, Law, "t-40");
        await Expect(Request(desk, Law).Locator(".tag.bad, .status.bad")).ToContainTextAsync("10 days overdue");

        await desk.OpenDrawerAsync(() => desk.ChooseAsync(Law), "Answer a request");
        await desk.FillAsync("Form.ExtendedBecause", Why);
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#drawer .errors")).ToContainTextAsync("It can no longer be extended");
        desk.Expected("422");

        // Received later than was written down: its time still runs.
        await desk.FillAsync("Form.ReceivedOn", "t-20");
        await desk.SaveDrawerAsync($"Request of {Law}: due");
        await Expect(Request(desk, Law)).Not.ToContainTextAsync("overdue");
        await Expect(Request(desk, Law)).ToContainTextAsync("40 days left due ");
        desk.AssertQuiet();
    }

    private static async Task TakeAsync(Desk desk, string requester, string received)
    {
        await desk.OpenDrawerAsync(() => desk.PressAsync("r"), "Request for records");
        await desk.FillAsync("Form.Requester", requester);
        await desk.Page.Locator("#drawer [name='Form.RequesterKind']").SelectOptionAsync("attorney");
        await desk.FillAsync("Form.ReceivedOn", received);
        await desk.FillAsync("Form.Scope", "Visits and bills since the accident");
        await desk.SaveDrawerAsync($"Request of {requester}: due");
    }

    private static ILocator Request(Desk desk, string requester) => desk.Page.Locator("#requests tbody tr").Filter(new() { HasText = requester });

    private static ILocator Disclosures(Desk desk) => desk.Page.Locator("#disclosures tbody tr");
}
