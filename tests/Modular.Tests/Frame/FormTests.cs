using System.Net;
using AngleSharp.Html.Dom;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

/// <summary>The forms of the components page stand for every form.</summary>
public sealed class FormTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed_as_it_was_typed_and_names_every_error()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var page = await owner.PageAsync("/admin/components");

        var response = await owner.SubmitAsync(page, "main form[action='/admin/components'].form", ("Payer", ""), ("Due", ""), ("Born", "13/04/88"), ("Copay", "a lot"), ("Phone", "12"), ("Email", "nobody"));
        var again = await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(["13/04/88", "a lot", "12", "nobody"], Values(again, "Born", "Copay", "Phone", "Email"));
        Assert.Equal(
            ["Copay: " + TypedMoney.Hint, "Date of birth: 13 is not a month.", "Email: Not an email address. Try name@example.com.", "Mobile phone: " + TypedPhone.Hint, "Payer: " + PlainWords.Needed],
            again.QuerySelectorAll(".errors a").Select(a => a.TextContent).Order());
        Assert.All(again.QuerySelectorAll(".errors a"), a => Assert.NotNull(again.QuerySelector(a.GetAttribute("href")!)));
    }

    [Fact]
    public async Task A_field_tells_screen_readers_its_hint_and_its_error()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var page = await owner.PageAsync("/admin/components");
        var due = page.QuerySelector("main #Due")!;

        Assert.Equal("true", due.GetAttribute("aria-invalid"));
        Assert.Equal("13 is not a month.", page.QuerySelector($"#{due.GetAttribute("aria-describedby")}")!.TextContent);
        Assert.Equal("13/45/2026", due.GetAttribute("value"));
        Assert.Equal("Born-hint", page.QuerySelector("#Born")!.GetAttribute("aria-describedby"));
    }

    [Fact]
    public async Task The_same_form_works_without_script_and_says_what_happened_once()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var page = await owner.PageAsync("/admin/components");

        var response = await owner.SubmitAsync(page, "main form[action='/admin/components'].form", ("Payer", "Cascade"), ("Due", "t+14"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("Saved", (await owner.PageAsync("/admin/components")).QuerySelector("#toasts .toast")!.TextContent);
        Assert.Null((await owner.PageAsync("/admin/components")).QuerySelector("#toasts .toast"));
    }

    [Fact]
    public async Task A_drawer_is_a_fragment_for_the_script_and_a_page_without_it()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/components/drawer") { Headers = { { "HX-Request", "true" }, { "HX-Target", "drawer" } } };

        var fragment = await TestClient.ParseAsync(await (await owner.Http.SendAsync(request)).Content.ReadAsStringAsync());
        var page = await owner.PageAsync("/admin/components/drawer");

        Assert.NotNull(fragment.QuerySelector("header a[data-drawer-close]"));
        Assert.Null(fragment.QuerySelector(".rail"));
        Assert.NotNull(fragment.QuerySelector("#d-Payer"));
        Assert.NotNull(page.QuerySelector("main .drawer.solo h1"));
    }

    [Fact]
    public async Task A_list_keeps_its_order_and_filters_in_the_address()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var page = await owner.PageAsync("/admin/components?q=a&sort=-balance&page=2");

        Assert.Equal("descending", page.QuerySelector("th[aria-sort]")!.GetAttribute("aria-sort"));
        Assert.Equal("?q=a&sort=balance", Query(page, "th[aria-sort] a"));
        Assert.Equal("?q=a&sort=-balance", Query(page, ".pager a[rel=prev]"));
        Assert.Equal("?q=a&sort=-balance&page=3", Query(page, ".pager a[rel=next]"));
    }

    private static string Query(IHtmlDocument page, string link) => page.QuerySelector(link)!.GetAttribute("href")!["/admin/components".Length..];

    private static string[] Values(IHtmlDocument page, params string[] ids) => [.. ids.Select(id => ((IHtmlInputElement)page.QuerySelector($"main #{id}")!).Value)];
}
