using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Callers;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>What every answer tells the browser, and how cookies are kept.</summary>
public sealed class HeaderTests(SharedHost shared)
{
    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/health/live")]
    public async Task Every_answer_forbids_inline_script_framing_and_guessing_of_types(string url)
    {
        using var client = shared.Host.Client(shared.Host.North);
        var headers = (await client.GetAsync(url)).Headers;

        var policy = Assert.Single(headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.Contains("form-action 'self'", policy);
        Assert.DoesNotContain(policy, p => p.Contains("unsafe", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        // Loopback without TLS: a browser that kept this would lock the practice out.
        Assert.False(headers.Contains("Strict-Transport-Security"));
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task A_page_with_a_persons_data_is_kept_by_no_browser()
    {
        using var client = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        Assert.True((await client.GetAsync("/")).Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("https", "__Host-note", "max-age=31536000")]
    [InlineData("http", "note", null)]
    public async Task Over_tls_a_browser_comes_back_over_tls_only_and_cookies_belong_to_this_host_alone(string scheme, string cookie, string? transport)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        var response = new StartedResponse();
        http.Features.Set<IHttpResponseFeature>(response);
        http.Request.Scheme = scheme;
        var accessor = new HttpContextAccessor { HttpContext = http };

        await new SecurityHeaders(_ => response.StartAsync()).InvokeAsync(http);

        var note = new HostCookie("note");
        var options = note.Build(http, default);
        Assert.Equal(cookie, note.Name);
        Assert.Equal((true, scheme == "https", SameSiteMode.Strict, "/", null), (options.HttpOnly, options.Secure, options.SameSite, options.Path, options.Domain));
        Assert.Equal(transport, http.Response.Headers.StrictTransportSecurity.FirstOrDefault());
        accessor.HttpContext = null;
    }

    [Fact]
    public async Task The_sign_in_cookie_is_out_of_reach_of_script_and_of_other_sites()
    {
        using var client = shared.Host.Client(shared.Host.North);
        var person = await shared.Host.People.EnsureAsync(shared.Host.North, Roles.Nurse);

        var signedIn = await TestPeople.SignInAsync(client, person.UserName!);

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.All(signedIn.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    /// <summary>Rings when an answer starts, as the server does.</summary>
    private sealed class StartedResponse : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Ring, object State)> starting = [];

        public override void OnStarting(Func<object, Task> callback, object state) => starting.Add((callback, state));

        public async Task StartAsync()
        {
            foreach (var (ring, state) in starting)
            {
                await ring(state);
            }
        }
    }
}
