using System.Net;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Links;

/// <summary>What people without an account may open, all of it, and what each of these pages is never without.</summary>
public sealed class PublicPagesTests(SharedHost shared)
{
    private static readonly string[] Known =
    [
        "/public/copy/{link}: Whoever signed something at home prints a copy of it.",
        "/public/forms/{link}: Somebody without an account fills in a form that the practice asked them for, at home or on a screen of the office.",
        "/public/patients/agreements/{link}: A patient, or whoever signs for them, signs an agreement at home or on a tablet that is handed over.",
        "/public/prove/{link}: Whoever opens a link about a patient first types the patient's date of birth.",
        "/public/received: After somebody without an account sent something, they are told that it has arrived; the page says nothing else.",
        "/public/referrals/replies/{link}: A specialist who has no account here replies to a referral that was sent to them.",
    ];

    [Fact]
    public void All_public_pages_are_on_this_list_with_their_reasons()
    {
        var pages = Endpoints()
            .Select(e => (Route: "/" + e.RoutePattern.RawText!.TrimStart('/'), Page: e.Metadata.GetMetadata<PublicPageAttribute>()))
            .Where(e => e.Page is not null).Select(e => $"{e.Route}: {e.Page!.Reason}").Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Known, pages);
    }

    [Fact]
    public void Nothing_else_answers_at_the_public_door_and_public_pages_have_no_other_rule()
    {
        var faults = from endpoint in Endpoints()
                     let page = endpoint.Metadata.GetMetadata<PublicPageAttribute>()
                     let below = endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("public/", StringComparison.OrdinalIgnoreCase)
                     let slice = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo
                     where below != page is not null
                         || (page is not null && (slice?.IsAssignableTo(typeof(PublicSlice)) != true
                             || endpoint.Metadata.GetMetadata<NeedsAttribute>() is not null
                             || endpoint.Metadata.GetMetadata<OpenToAttribute>() is not null))
                     select endpoint.DisplayName;

        Assert.Equal([], faults);
    }

    [Fact]
    public async Task A_public_page_is_closed_to_robots_and_has_none_of_the_staffs_frame_even_for_somebody_who_is_signed_in()
    {
        using var owner = await shared.Host.SignInAsync(shared.Host.North, Roles.Owner);
        await owner.PageAsync("/");
        var staff = owner.Cookies.GetAllCookies().ToDictionary(c => c.Name, c => c.Value);

        using var answer = await owner.GetAsync("/public/received");
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("noindex, nofollow, noarchive", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("noindex, nofollow, noarchive", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(page.QuerySelector("#rail, [role=search], [action='/account/sign-out'], script, meta[name=live]"));
        Assert.All(owner.Cookies.GetAllCookies().Where(c => staff.ContainsKey(c.Name)), c => Assert.Equal(staff[c.Name], c.Value));
        Assert.Equal("User-agent: *\nDisallow: /\n", await (await owner.GetAsync("/robots.txt")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_public_page_speaks_the_language_of_the_browser_until_its_reader_chooses()
    {
        using var visitor = shared.Host.Client(shared.Host.North);
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", "es-MX,es;q=0.9");

        var spanish = await visitor.PageAsync("/public/received");
        Assert.Equal(("es", "Gracias"), (spanish.DocumentElement.GetAttribute("lang"), spanish.QuerySelector("h1")!.TextContent));

        Assert.Equal("Thank you", (await visitor.PageAsync("/public/received" + spanish.QuerySelector("header a")!.GetAttribute("href"))).QuerySelector("h1")!.TextContent);
        Assert.Equal("Thank you", (await visitor.PageAsync("/public/received")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_the_public_frame_and_a_session_does_not_help()
    {
        using var owner = await shared.Host.SignInAsync(shared.Host.North, Roles.Owner);

        foreach (var url in new[] { "/public", "/public/patients", "/PUBLIC/nothing", "/public/referrals/replies/guess", "/%70ublic/prove/x" })
        {
            using var answer = await owner.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.NotNull((await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("body.visitor"));
        }
    }

    private IEnumerable<RouteEndpoint> Endpoints() => shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
