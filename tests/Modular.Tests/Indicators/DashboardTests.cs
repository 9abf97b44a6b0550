using System.Net;
using AngleSharp.Html.Dom;
using Modular.Host.Enabling;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Indicators;

/// <summary>Dashboards and targets: composed, shared with a role, changed by two, read within rights and reach.</summary>
public sealed class DashboardTests(PanelsHost panels) : IClassFixture<PanelsHost>, IAsyncLifetime
{
    private const string Edit = "/indicators/dashboards/edit";

    private readonly CountedChores counted = new(panels.Host);

    private TestHost Host => panels.Host;

    public async ValueTask InitializeAsync()
    {
        await counted.ClearAsync();
        await counted.Chores.AddAsync("A", 3);
        await counted.CountAsync(new(2026, 6, 1), new(2026, 6, 30));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_dashboard_has_its_indicators_in_the_order_chosen_and_closes_up_what_is_left_empty()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var id = await ComposeAsync(owner, "Duties", "", "", CountedChores.Done, "", CountedChores.Due);

        Assert.Equal(["Chores done", "Chores due"], Titles(await owner.PageAsync($"/indicators/dashboards/{id}")));
        Assert.Contains("Duties", (await owner.PageAsync("/indicators")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_s_own_is_seen_by_nobody_else_and_a_shared_one_by_its_role_each_tile_by_its_permission()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        var mine = await ComposeAsync(owner, "Mine", "", CountedChores.Due);
        var shared = await ComposeAsync(owner, "Shared", Roles.FrontDesk, CountedChores.Due, CountedChores.Done);

        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/indicators/dashboards/{mine}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await nurse.GetAsync($"/indicators/dashboards/{shared}")).StatusCode);
        var page = await desk.PageAsync($"/indicators/dashboards/{shared}");
        Assert.Equal(2, page.QuerySelectorAll(".indicator").Length);
        Assert.Contains("Your role may not see this indicator.", page.QuerySelectorAll(".indicator")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync($"{Edit}/{shared}")).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_change_a_dashboard_the_later_one_sees_both_versions()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var id = await ComposeAsync(owner, "Ours", Roles.Manager, CountedChores.Due);
        var (first, second) = (await owner.PageAsync($"{Edit}/{id}"), await manager.PageAsync($"{Edit}/{id}"));

        await owner.SubmitAsync(first, "main form", ("Name", "Ours, renamed"));
        var late = await manager.SubmitAsync(second, "main form", ("Name", "Ours, otherwise"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var both = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync());
        Assert.Contains("Ours, renamed", both.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("Ours, otherwise", both.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal("Ours, renamed", await Host.North.AskAsync<string>($"select name from core.dashboards where id = '{id}'"));
    }

    [Theory]
    [InlineData("", "", "Type the name")]
    [InlineData("Empty", "", "Choose at least one indicator")]
    [InlineData("Strange", "nobody.nothing", "Choose indicators from the list")]
    [InlineData("Twice", "panels.chores-due|panels.chores-due", "chosen twice")]
    [InlineData("Many", "a.a|a.b|a.c|a.d|a.e|a.f|a.g|a.h|a.i|a.j|a.k|a.l|a.m", "At most 12")]
    public async Task A_dashboard_that_makes_no_sense_is_refused_beside_its_field(string name, string keys, string sentence)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        using var refused = await PostAsync(owner, await owner.PageAsync(Edit), name, "", keys.Split('|'));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(sentence, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_of_a_place_goes_before_the_practice_s_and_says_whether_it_is_reached()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        const string june = "from=06/01/2026&to=06/30/2026";
        await TargetAsync(owner, CountedChores.Due, "5", null);
        await TargetAsync(owner, CountedChores.Due, "0.5", TestHost.NorthMain);

        var practice = await owner.PageAsync($"/indicators/{CountedChores.Due}?{june}");
        var place = await owner.PageAsync($"/indicators/{CountedChores.Due}?{june}&location={TestHost.NorthMain}");

        Assert.Contains("On target: 5", practice.QuerySelector(".figure")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Off target: 0.5", place.QuerySelector(".figure")!.TextContent, StringComparison.Ordinal);
        var twice = await TargetAsync(owner, CountedChores.Due, "9", null);
        Assert.Contains("has a target there already", await twice.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await owner.PageAsync("/indicators/targets")).QuerySelectorAll("table tbody tr").Length);
    }

    [Theory]
    [InlineData("minus five")]
    [InlineData("-5")]
    [InlineData("99999999999999999999999999999")]
    [InlineData("")]
    public async Task A_target_that_is_no_number_is_refused(string value)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TargetAsync(owner, CountedChores.Due, value, null)).StatusCode);
    }

    [Fact]
    public async Task Who_works_at_one_place_sets_no_target_of_another_or_of_the_practice()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager, [TestHost.NorthLake]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TargetAsync(manager, CountedChores.Due, "5", null)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TargetAsync(manager, CountedChores.Due, "5", TestHost.NorthMain)).StatusCode);
        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.indicator_targets"));
    }

    [Fact]
    public async Task A_module_that_is_off_is_named_on_its_tiles_keeps_what_was_counted_and_counts_its_past_when_it_is_on_again()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var id = await ComposeAsync(owner, "Duties", "", CountedChores.Due);
        var enabling = Host.Services.GetRequiredService<ModuleEnabling>();
        await enabling.DisableAsync(Host.North, "panels", Actor.System("test"), default);
        try
        {
            var page = await owner.PageAsync($"/indicators/dashboards/{id}");
            var tile = page.QuerySelector(".indicator")!.TextContent;
            Assert.Contains("Chores due", tile, StringComparison.Ordinal);
            Assert.Contains("is turned off. What was counted is kept.", tile, StringComparison.Ordinal);
            Assert.Contains("turned off", (await owner.PageAsync($"/indicators/{CountedChores.Due}")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Equal(1, await counted.ValueAsync(CountedChores.Due));
            // Changed while the module is off, it keeps the indicator in its place.
            var saved = await PostAsync(owner, await owner.PageAsync($"{Edit}/{id}"), "Duties", "", [CountedChores.Due]);
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }
        finally
        {
            await counted.Chores.AddAsync("B", -100);
            await enabling.EnableAsync(Host.North, "panels", null, Actor.System("test"), default);
            await Host.North.UntilAsync("select state from core.modules where module = 'panels'", "on");
        }

        // Turned on, it counts its past by itself, from the first day of which there is anything.
        await Host.North.UntilAsync("select count(*) from core.progress where title = 'Counting indicators of Panels' and state = 'done'", 1L);
        Assert.Equal(2, await counted.ValueAsync(CountedChores.Due));
    }

    private static IEnumerable<string> Titles(IHtmlDocument page) => page.QuerySelectorAll(".indicator h2").Select(h => h.TextContent.Trim());

    private static async Task<Guid> ComposeAsync(TestClient desk, string name, string role, params string[] keys)
    {
        using var saved = await PostAsync(desk, await desk.PageAsync(Edit), name, role, keys);
        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        return Guid.Parse(saved.Headers.Location!.ToString().Split('/')[^1]);
    }

    /// <summary>The form posts a place each.</summary>
    private static Task<HttpResponseMessage> PostAsync(TestClient desk, IHtmlDocument page, string name, string role, string[] keys)
    {
        var fields = ((IHtmlFormElement)page.QuerySelector("main form")!).Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "hidden")
            .Select(i => KeyValuePair.Create(i.Name!, i.Value)).ToList();
        return desk.Http.PostAsync(new Uri(page.Url).AbsolutePath, new FormUrlEncodedContent(
            [.. fields, new("Name", name), new("Role", role), new("Period", "12m"),
                new("LocationId", ""), .. keys.Select(k => KeyValuePair.Create("Keys", k))]));
    }

    private static async Task<HttpResponseMessage> TargetAsync(TestClient desk, string key, string value, Guid? place) => await desk.SubmitAsync(
        await desk.PageAsync("/indicators/targets/edit"), "form[edit], .drawer form",
            ("Indicator", key), ("Value", value), ("LocationId", $"{place}"));
}
