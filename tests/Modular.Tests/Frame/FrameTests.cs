using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

public sealed class FrameTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task The_rail_shows_what_the_person_may_open_and_nothing_else()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var deskRail = (await desk.PageAsync("/")).QuerySelectorAll(".rail a").Select(a => a.GetAttribute("href")).ToList();
        var ownerRail = (await owner.PageAsync("/")).QuerySelectorAll(".rail a").Select(a => a.GetAttribute("href")).ToList();

        Assert.Contains("/", deskRail);
        Assert.DoesNotContain("/admin/modules", deskRail);
        Assert.Contains("/admin/modules", ownerRail);
    }

    [Fact]
    public async Task htmx_gets_the_body_without_the_frame()
    {
        using var client = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "HX-Request", "true" } } };

        var response = await client.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<html", text, StringComparison.Ordinal);
        Assert.Contains("HX-Request", response.Headers.Vary);
    }

    [Theory]
    [InlineData("HX-Boosted", "true")]
    [InlineData("HX-Boosted", "neither true nor false")]
    [InlineData("HX-History-Restore-Request", "true")]
    public async Task A_boosted_link_and_a_history_restore_get_the_page_though_htmx_asks(string header, string value)
    {
        using var client = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "HX-Request", "true" }, { header, value } } };

        var response = await client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<html", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("HX-Request", response.Headers.Vary);
    }

    [Fact]
    public async Task The_location_in_the_top_bar_is_remembered_and_must_be_one_of_the_persons_own()
    {
        using var client = await Host.SignInAsync(Host.North, Roles.Owner);
        var page = await client.PageAsync("/");

        await client.SubmitAsync(page, "form[action='/place']", ("location", TestHost.NorthLake.ToString()), ("back", "/inbox"));
        var chosen = (await client.PageAsync("/")).QuerySelector("button[name=location][aria-pressed=true]")!.TextContent;
        var elsewhere = await client.SubmitAsync(page, "form[action='/place']", ("location", Guid.CreateVersion7().ToString()), ("back", "//evil.example"));

        Assert.Equal("Lakeside", chosen.Trim());
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.StatusCode);
        Assert.Equal("/", elsewhere.Headers.Location!.ToString());
        Assert.Equal("Lakeside", (await client.PageAsync("/")).QuerySelector("button[name=location][aria-pressed=true]")!.TextContent.Trim());
    }
}
