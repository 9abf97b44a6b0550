using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

public sealed class SlotTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private TestHost Host => panels.Host;

    [Fact]
    public async Task A_page_shows_the_panels_that_the_person_may_see_each_in_its_card()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var page = await desk.PageAsync(Url('0'));

        Assert.Equal(["Quick", "Moody"], page.QuerySelectorAll(".page section.card h2").Select(h => h.TextContent));
        Assert.Contains("quick at North Clinic", page.QuerySelector("#slot-panels-quick-panel")!.TextContent);
        Assert.Equal("2 at once", page.QuerySelector("#marks .tag.warn")!.TextContent);
    }

    [Theory]
    [InlineData(Roles.Supplies, "Supplies and facilities")]
    [InlineData(Roles.Marketing, "Marketing")]
    public async Task Who_runs_supplies_or_marketing_sees_what_a_module_grants_them_and_is_called_by_their_role(string role, string title)
    {
        using var person = await Host.SignInAsync(Host.North, role);

        var page = await person.PageAsync(Url('0'));

        Assert.Equal(["Quick", "Moody"], page.QuerySelectorAll(".page section.card h2").Select(h => h.TextContent));
        Assert.Contains(page.QuerySelectorAll(".title small"), s => s.TextContent.Contains(title, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/slots/panels/secret-panel/panels.page/{Guid.CreateVersion7()}")).StatusCode);
    }

    [Fact]
    public async Task A_late_panel_leaves_a_placeholder_that_fetches_it()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var page = await desk.PageAsync(Url('1'));
        var late = page.QuerySelector("#slot-panels-moody-panel")!;

        Assert.Equal("load", late.GetAttribute("hx-trigger"));
        Assert.NotNull(page.QuerySelector("#slot-panels-quick-panel .body"));
        var fetched = await desk.PageAsync(late.GetAttribute("hx-get")!);
        Assert.Contains("moody works", fetched.QuerySelector("#slot-panels-moody-panel")!.TextContent);
    }

    [Theory]
    [InlineData('2')]
    [InlineData('3')]
    public async Task A_failing_panel_shows_a_box_of_its_own_and_no_word_of_the_fault(char mood)
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var page = await desk.PageAsync(Url(mood));

        Assert.Contains("cannot be shown right now", page.QuerySelector("#slot-panels-moody-panel")!.TextContent);
        Assert.Contains("quick at", page.QuerySelector("#slot-panels-quick-panel")!.TextContent);
        Assert.DoesNotContain("CANARY", page.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_panel_showed_is_in_the_access_log()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var id = Guid.CreateVersion7();

        await desk.PageAsync($"/panels/pages/{id}");

        await using var command = Host.North.Database.CreateCommand("select count(*) from audit.entries where log = 'access' and $1 = any(patient_ids) and what = 'quick panel'");
        command.Parameters.Add(new() { Value = id });
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_panel_alone_asks_for_its_own_permission()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var url = $"/slots/panels/secret-panel/panels.page/{Guid.CreateVersion7()}";

        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(url)).StatusCode);
        Assert.Contains("the secret", (await biller.PageAsync(url)).Body!.TextContent);
    }

    [Fact]
    public async Task The_home_page_has_the_tiles_of_the_persons_role()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);

        var tile = (await desk.PageAsync("/")).QuerySelector("a.tile")!;

        Assert.Equal("/panels", tile.GetAttribute("href"));
        Assert.Equal("12", tile.QuerySelector("strong")!.TextContent);
        Assert.EndsWith(", rising", tile.QuerySelector("svg.chart")!.GetAttribute("aria-label"));
        Assert.Null((await nurse.PageAsync("/")).QuerySelector(".tile"));
    }

    [Fact]
    public async Task A_count_that_fails_is_left_out_and_the_others_stay()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var rail = (await desk.PageAsync("/")).QuerySelector(".rail")!;

        Assert.StartsWith("7", rail.QuerySelector("a[href='/panels'] .count")!.TextContent);
        Assert.Null(rail.QuerySelector("a[href='/panels/pages'] .count"));
    }

    private static string Url(char mood) => $"/panels/pages/{Guid.CreateVersion7().ToString()[..^1]}{mood}";
}
