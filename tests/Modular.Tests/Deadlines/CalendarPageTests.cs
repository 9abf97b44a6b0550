using System.Net;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Deadlines;

/// <summary>The practice's year, and what modules hear of it. Each test has a year of its own.</summary>
public sealed class CalendarPageTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_holiday_that_the_practice_closes_on_is_told_to_modules_and_one_it_works_on_is_a_business_day()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/calendar?year=2028");
        Assert.Contains("Independence Day", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var columbus = new DateOnly(2028, 10, 9);
        Assert.False(Host.North.BusinessDays.IsOpen(columbus));

        await ActAsync(manager, page, "close", 2028, "christmas");
        await ActAsync(manager, page, "open", 2028, "columbus");

        await Host.North.UntilAsync("select count(*) from scheduling.closures where from_date = '2028-12-25' and active and location_id is null", 1L);
        Assert.True(Host.North.BusinessDays.IsOpen(columbus));
        Assert.False(Host.North.BusinessDays.IsOpen(new(2028, 12, 25)));
        var states = (await manager.PageAsync("/admin/calendar?year=2028")).QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Contains("Closed", Assert.Single(states, s => s.Contains("Christmas", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Open", Assert.Single(states, s => s.Contains("Columbus", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_on_all_leaves_what_was_decided_and_two_at_once_make_one_row_a_day()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/calendar?year=2029");
        await ActAsync(manager, page, "open", 2029, "veterans");

        await Task.WhenAll(ActAsync(manager, page, "close", 2029), ActAsync(manager, page, "close", 2029));

        var holidays = FederalHolidays.In(2029).Count;
        Assert.Equal(holidays, await CountAsync("holiday is not null"));
        Assert.Equal(holidays - 1, await CountAsync("holiday is not null and active"));
        Assert.DoesNotContain("Not decided", (await manager.PageAsync("/admin/calendar?year=2029")).Body!.TextContent, StringComparison.Ordinal);

        Task<long> CountAsync(string where) =>
            Host.North.AskAsync<long>($"select count(*) from core.closures where {where} and from_date between '2029-01-01' and '2029-12-31'");
    }

    [Fact]
    public async Task A_day_taken_back_on_the_page_of_locations_is_one_on_which_the_practice_works()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/calendar?year=2030");
        await ActAsync(manager, page, "close", 2030, "washington");
        var id = await Host.North.AskAsync<Guid>("select id from core.closures where holiday = 'washington' and from_date = '2030-02-18'");

        await manager.SubmitAsync(await manager.PageAsync("/admin/locations"), $"form[action$='{id}/remove']");

        Assert.True(Host.North.BusinessDays.IsOpen(new(2030, 2, 18)));
        var row = (await manager.PageAsync("/admin/calendar?year=2030")).QuerySelectorAll("tbody tr")
            .Single(r => r.TextContent.Contains("Washington", StringComparison.Ordinal));
        Assert.Equal("Close on Washington's Birthday", Assert.Single(row.QuerySelectorAll("button")).GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Days_on_which_one_place_is_closed_are_business_days_of_the_practice()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync("/admin/locations/closures/add"), "main form",
            ("LocationId", TestHost.NorthMain.ToString()), ("From", "3/3/2031"), ("Reason", "Floors"));

        var day = new DateOnly(2031, 3, 3);
        Assert.Equal((true, false), (Host.North.BusinessDays.IsOpen(day), Host.North.BusinessDays.At(TestHost.NorthMain).IsOpen(day)));
        Assert.Contains("Floors", (await manager.PageAsync("/admin/calendar/print?year=2031")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_year_of_closed_days_is_a_slip()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var answer = await manager.SubmitAsync(await manager.PageAsync("/admin/locations/closures/add"), "main form",
            ("From", "3/3/2032"), ("To", "3/3/2132"), ("Reason", "Painting"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("more than a year", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_manages_one_place_sees_the_year_and_closes_nothing()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        using var one = await Host.SignInAsync(Host.North, Roles.Manager, [TestHost.NorthMain]);
        Assert.Empty((await one.PageAsync("/admin/calendar?year=2033")).QuerySelectorAll("main form[method=post]"));

        await ActAsync(one, await one.PageAsync("/admin/locations/closures/add"), "close", 2033, "labor");

        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.closures where holiday = 'labor' and from_date = '2033-09-05'"));
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/admin/calendar")).StatusCode);
    }

    private static async Task ActAsync(TestClient client, AngleSharp.Html.Dom.IHtmlDocument page, string act, int year, string? holiday = null)
    {
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(new Dictionary<string, string?>
        {
            ["__RequestVerificationToken"] = token, ["year"] = $"{year}", ["holiday"] = holiday,
        }.Where(f => f.Value is not null)!);
        Assert.Equal(HttpStatusCode.Redirect, (await client.Http.PostAsync($"/admin/calendar/{act}", content)).StatusCode);
    }
}
