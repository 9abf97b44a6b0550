using System.Net;
using Modular.Host.Start;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>What a balancer in front says is believed of those alone that are named.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task A_trusted_balancer_tells_the_callers_address_and_that_there_is_TLS()
    {
        await using var host = await TestHost.StartAsync(options: o => o with { Proxies = [IPNetwork.Parse("127.0.0.1/32"), IPNetwork.Parse("10.0.0.0/24")] });
        using var client = Behind(host, "192.0.2.66, 198.51.100.7, 10.0.0.5", "https");

        var cookies = await SignInAsync(host, client);

        // What stands before the first address that is not a balancer's is that caller's own invention.
        Assert.Equal("198.51.100.7", await host.North.AskAsync<string>("select ip from core.sessions"));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Contains(cookies, c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
        Assert.Contains(cookies, c => c.StartsWith("__Host-request-token=", StringComparison.Ordinal));
        using var page = await client.GetAsync("/account/sign-in");
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.5")]
    public async Task What_a_stranger_says_changes_nothing(string proxies)
    {
        await using var host = await TestHost.StartAsync(options: o => o with { Proxies = TrustedProxies.Read(proxies) });
        using var client = Behind(host, "198.51.100.7", "https");

        var cookies = await SignInAsync(host, client);

        Assert.Equal("127.0.0.1", await host.North.AskAsync<string>("select ip from core.sessions"));
        Assert.Contains(cookies, c => c.StartsWith("session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
        using var page = await client.GetAsync("/account/sign-in");
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("10.0.0.5", 1)]
    [InlineData("10.0.0.5, 10.1.0.0/24,fd00::1", 3)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Balancers_are_named_by_address_or_network(string? setting, int count) => Assert.Equal(count, TrustedProxies.Read(setting).Count);

    [Fact]
    public void A_name_that_is_none_ends_the_start_with_a_sentence() =>
        Assert.Contains("MODULAR_PROXIES holds balancer.lan", Assert.Throws<SettingException>(() => TrustedProxies.Read("10.0.0.5, balancer.lan")).Message);

    private static TestClient Behind(TestHost host, string forwardedFor, string scheme)
    {
        var client = host.Client(host.North);
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        return client;
    }

    /// <summary>By hand, as the browser's own handler keeps secure cookies from plain HTTP, which is what comes after the balancer.</summary>
    private static async Task<List<string>> SignInAsync(TestHost host, TestClient client)
    {
        var person = await host.People.AddAsync(host.North, "behind", [Roles.Nurse]);
        using var page = await client.GetAsync("/account/sign-in");
        var fields = FormFields.Of((AngleSharp.Html.Dom.IHtmlFormElement)(await TestClient.ParseAsync(await page.Content.ReadAsStringAsync())).QuerySelector("form#sign-in")!);
        fields.RemoveAll(f => f.Key is "Name" or "Password");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in")
        {
            Content = new FormUrlEncodedContent([.. fields, new("Name", person.UserName!), new("Password", TestPeople.Password)]),
        };
        var given = page.Headers.GetValues("Set-Cookie").ToList();
        request.Headers.Add("Cookie", string.Join("; ", given.Select(c => c.Split(';')[0])));
        using var answer = await client.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return [.. given, .. answer.Headers.GetValues("Set-Cookie").Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))];
    }
}
