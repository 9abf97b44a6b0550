using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Links;

/// <summary>A practice with a host name of its own for public pages: each name answers its pages and no others, whatever the headers say.</summary>
public sealed class PublicHostTests
{
    [Fact]
    public async Task Staff_pages_are_not_answered_at_the_public_name_and_public_pages_only_there()
    {
        await using var host = await TestHost.StartAsync();
        await host.Services.GetRequiredService<Catalogue>().ReaddressAsync(host.North, host.North.Row.Hosts,
            ["forms.localhost"], "", host.North.Row.Server, default);
        await host.Services.GetRequiredService<PracticeRegistry>().ReloadAsync(default);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var visitor = new TestClient(host.Address, "forms.localhost");
        foreach (var cookie in owner.Cookies.GetAllCookies().ToList())
        {
            visitor.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "forms.localhost"));
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/public/received")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/public/received")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/account")).StatusCode);
        foreach (var url in new[] { "/", "/account", "/account/sign-in", "/patients", "/search?q=a",
            "/api/openapi.json", "/connect/token", "/logo", "/problem/404", "/live" })
        {
            Assert.Equal((url, HttpStatusCode.NotFound), (url, (await visitor.GetAsync(url)).StatusCode));
        }

        // A balancer's header is a stranger's word, and a name that is nobody's gets nothing.
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "north.localhost");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/account")).StatusCode);
        visitor.Http.DefaultRequestHeaders.Host = "evil.example";
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/public/received")).StatusCode);
        visitor.Http.DefaultRequestHeaders.Host = "south.localhost";
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/public/received")).StatusCode);
    }
}
