using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>
/// Every endpoint of the running host, as every role, as a person of another place, with a session of another practice, and as nobody,
/// against what is declared. Real ids: permitted calls must succeed, so that a 404 never passes for a refusal.
/// </summary>
public sealed class EndpointMatrixTests : IAsyncLifetime
{
    private readonly List<string> faults = [];
    private EndpointWalk walk = null!;
    private TestHost host = null!;
    private IReadOnlyDictionary<string, PermissionDeclaration> permissions = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        permissions = RolePermissions.Declared(host.Services.GetRequiredService<InstalledModules>(), host.North).ToDictionary(p => p.Id);
        walk = await EndpointWalk.PlantAsync(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void Every_page_with_a_parameter_has_a_sample()
    {
        var missing = Endpoints().Where(e => IsGet(e) && e.RoutePattern.Parameters.Count > 0 && !walk.HasSample(e))
            .Select(e => $"{e.RoutePattern.RawText} has no sample: name an address with a planted row in the EndpointSamples of its module (tests/Modular.Tests/Security).");

        Assert.True(!missing.Any(), string.Join('\n', missing));
    }

    [Fact]
    public async Task Every_page_opens_for_the_roles_that_are_declared_and_for_no_other()
    {
        foreach (var role in Roles.All)
        {
            using var client = await host.SignInAsync(host.North, role);
            foreach (var endpoint in Pages())
            {
                await JudgeAsync(client, endpoint, SampleOf(endpoint), role);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Nobody_is_asked_to_sign_in_everywhere_but_on_open_pages()
    {
        using var nobody = host.Client(host.North);
        foreach (var endpoint in Endpoints().Where(IsStaffs))
        {
            var response = await SendAsync(nobody, endpoint, SampleOf(endpoint).Url);
            Expect(response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location!.ToString().StartsWith("/account/sign-in", StringComparison.Ordinal), endpoint, "nobody", response);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_session_of_one_practice_opens_nothing_at_the_other_and_shows_none_of_its_rows()
    {
        using var north = await host.SignInAsync(host.North, Roles.Owner);
        using var foreign = host.Client(host.South);
        using var south = await host.SignInAsync(host.South, Roles.Owner);
        foreign.Cookies.Add(new Cookie("session", north.Cookies.GetAllCookies().Single(c => c.Name == "session").Value, "/", "south.localhost"));
        foreach (var endpoint in Endpoints().Where(IsStaffs))
        {
            var sample = SampleOf(endpoint);
            var response = await SendAsync(foreign, endpoint, sample.Url);
            Expect(response.StatusCode == HttpStatusCode.Redirect, endpoint, "a session of another practice", response);
            if (IsGet(endpoint))
            {
                using var own = await SendAsync(south, endpoint, sample.Url);
                // The live stream never ends, and carries topics and keys alone.
                var text = own.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await own.Content.ReadAsStringAsync();
                Expect(!text.Contains(new SampleRows(host.North).Mark, StringComparison.Ordinal), endpoint, "the other practice's owner, who sees a row of this one", own);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_person_of_another_place_does_not_reach_rows_of_this_one()
    {
        using var main = await host.SignInAsync(host.North, Roles.Owner, [TestHost.NorthMain]);
        using var lake = await host.SignInAsync(host.North, Roles.Owner, [TestHost.NorthLake]);
        foreach (var endpoint in Pages().Where(e => SampleOf(e).AtMainStreet))
        {
            var here = await SendAsync(main, endpoint, SampleOf(endpoint).Url);
            Expect((int)here.StatusCode == SampleOf(endpoint).Answer, endpoint, "an owner of Main Street", here);
            var there = await SendAsync(lake, endpoint, SampleOf(endpoint).Url);
            Expect(there.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, endpoint, "an owner of Lakeside", there);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>The gate stands before everything else: without the permission 403; with it the missing request token is what stops the post.</summary>
    [Fact]
    public async Task Every_write_asks_for_its_permission_and_then_for_a_request_token()
    {
        foreach (var role in Roles.All)
        {
            using var client = await host.SignInAsync(host.North, role);
            foreach (var endpoint in Endpoints().Where(e => !IsGet(e) && Methods(e).Count > 0 && e.Metadata.GetMetadata<PublicPageAttribute>() is null))
            {
                var response = await SendAsync(client, endpoint, SampleOf(endpoint).Url);
                var allowed = endpoint.Metadata.GetMetadata<NeedsAttribute>() is not { } needs || May(role, needs.Permission);
                Expect(response.StatusCode == (allowed ? HttpStatusCode.BadRequest : HttpStatusCode.Forbidden), endpoint, role, response);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task JudgeAsync(TestClient client, RouteEndpoint endpoint, Sample sample, string role)
    {
        var response = await SendAsync(client, endpoint, sample.Url);
        var status = (int)response.StatusCode;
        var passes = endpoint.Metadata.GetMetadata<NeedsAttribute>() is not { } needs || May(role, needs.Permission);
        var sees = sample.Permission is null || May(role, sample.Permission);
        var right = !passes ? status == 403
            : !sees ? status is 403 or 404
            : status == sample.Answer || (sample.Answer == 200 && status is 204 or 422 || sample.Answer == 200 && IsOnward(response));
        Expect(right, endpoint, role, response);
    }

    /// <summary>On to another page, but not to one that asks who this is.</summary>
    private static bool IsOnward(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 301 and <= 308
        && !new[] { "/account/sign-in", "/lock", "/account/confirm" }.Any(p => response.Headers.Location!.ToString().StartsWith(p, StringComparison.Ordinal));

    /// <summary>Public pages are asked for by Links.PublicPagesTests: a session is nothing to them.</summary>
    private static bool IsStaffs(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<OpenToAttribute>()?.Audience != Audience.Anyone && endpoint.Metadata.GetMetadata<PublicPageAttribute>() is null;

    private bool May(string role, string permission) => permissions.TryGetValue(permission, out var declared) && RolePermissions.PresetHas(role, declared);

    private void Expect(bool right, RouteEndpoint endpoint, string who, HttpResponseMessage response)
    {
        if (!right)
        {
            faults.Add($"{string.Join(',', Methods(endpoint))} {endpoint.RoutePattern.RawText} as {who}: {(int)response.StatusCode} {response.Headers.Location}");
        }
    }

    private static Task<HttpResponseMessage> SendAsync(TestClient client, RouteEndpoint endpoint, string url) => EndpointWalk.SendAsync(client, endpoint, url);

    private Sample SampleOf(RouteEndpoint endpoint) => walk.SampleOf(endpoint);

    private IEnumerable<RouteEndpoint> Endpoints() => walk.Endpoints;

    private IEnumerable<RouteEndpoint> Pages() => walk.Pages;

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => EndpointWalk.Methods(endpoint);

    private static bool IsGet(RouteEndpoint endpoint) => EndpointWalk.IsGet(endpoint);
}
