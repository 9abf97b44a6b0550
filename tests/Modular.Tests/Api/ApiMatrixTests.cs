using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Patients;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Modular.Tests.Security;

namespace Modular.Tests.Api;

/// <summary>
/// Every address for programs: with its one permission, with every other, at the other practice, as a person and as nobody;
/// and whoever is shown a patient is in the access log.
/// </summary>
public sealed class ApiMatrixTests : IAsyncLifetime
{
    private const string Patient = "00000000-0000-7000-8000-0000000000f1";
    private const string Visit = "00000000-0000-7000-8000-0000000000f2";
    private readonly List<string> faults = [];
    private TestHost host = null!;
    private IReadOnlyList<string> permissions = [];

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        permissions = [.. RolePermissions.Declared(host.Services.GetRequiredService<InstalledModules>(), host.North).Select(p => p.Id)];
        await EndpointSamples.PlantAllAsync(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_address_opens_to_its_own_permission_and_to_no_other()
    {
        foreach (var group in Endpoints().GroupBy(e => (Needs: Needs(e), Row: OfRow(e))))
        {
            using var may = await ApiClient.ConnectAsync(host, host.North, [.. new[] { group.Key.Needs, group.Key.Row }.OfType<string>()]);
            using var others = await ApiClient.ConnectAsync(host, host.North, [.. permissions.Where(p => p != group.Key.Needs)]);
            foreach (var endpoint in group)
            {
                Expect(await StatusAsync(may, endpoint), s => s is not (401 or 403 or 404 or 405 or >= 500), endpoint, "a program with its permission");
                Expect(await StatusAsync(others, endpoint), s => s == 403, endpoint, "a program with every other permission");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(Endpoints().Count(), 10, 500);
    }

    [Fact]
    public async Task Nobody_a_person_and_a_program_of_the_other_practice_get_nothing()
    {
        using var north = await ApiClient.ConnectAsync(host, host.North, [.. permissions]);
        using var south = await ApiClient.ConnectAsync(host, host.South, [.. permissions]);
        south.Token = north.Token;
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var person = new ApiClient(owner, north.Program, "");
        using var nobody = new ApiClient(host.Client(host.North), north.Program, "");
        foreach (var endpoint in Endpoints())
        {
            foreach (var (client, who) in new[] { (south, "a program of another practice"), (person, "the owner's browser"), (nobody, "nobody") })
            {
                Expect(await StatusAsync(client, endpoint), s => s == 401, endpoint, who);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Whoever_shows_a_patient_to_a_program_notes_it_under_the_programs_name()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, [.. permissions]);
        var shown = 0;
        foreach (var endpoint in Endpoints().Where(e => Method(e) == HttpMethod.Get))
        {
            var before = await NotedAsync(api);
            using var answer = await api.GetAsync(Address(endpoint));
            if ((await answer.Content.ReadAsStringAsync()).Contains("\"patientId\"", StringComparison.Ordinal) || endpoint.RoutePattern.RawText!.Contains("patients", StringComparison.Ordinal))
            {
                shown++;
                Expect(await NotedAsync(api) - before > 0 ? 1 : 0, s => s == 1, endpoint, "a look that nobody noted");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(shown, 4, 100);
    }

    [Fact]
    public async Task A_program_of_another_place_does_not_reach_visits_of_this_one()
    {
        using var lake = await ApiClient.ConnectAsync(host, host.North, [.. permissions], [TestHost.NorthLake]);
        using var main = await ApiClient.ConnectAsync(host, host.North, [.. permissions], [TestHost.NorthMain]);
        Assert.Equal(HttpStatusCode.OK, (await main.GetAsync($"/api/scheduling/appointments/{Visit}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lake.GetAsync($"/api/scheduling/appointments/{Visit}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lake.PostAsync($"/api/scheduling/appointments/{Visit}/cancel", new { reason = "x" }, version: 1)).StatusCode);
        Assert.Empty((await lake.ReadAsync("/api/scheduling/appointments")).GetProperty("items").EnumerateArray());
        Assert.NotEmpty((await main.ReadAsync("/api/scheduling/appointments")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await lake.GetAsync($"/api/scheduling/appointments?location={TestHost.NorthMain}")).StatusCode);
    }

    [Fact]
    public async Task A_module_that_is_off_offers_programs_nothing()
    {
        using var api = await ApiClient.ConnectAsync(host, host.South, ["patients.patient.read", "scheduling.visit.read"]);
        await using (var scope = host.Services.OpenScope(host.South, Actor.System("test")))
        {
            await scope.ServiceProvider.GetRequiredService<ModuleEnabling>().DisableAsync(host.South, "scheduling", Actor.System("test"), default);
        }

        using var answer = await api.GetAsync("/api/scheduling/appointments");
        await answer.ProblemAsync(HttpStatusCode.NotFound);
        using var document = await api.GetAsync("/api/scheduling/openapi.json");
        await document.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/api/patients")).StatusCode);
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiMetadata>() is not null);

    private static string Needs(RouteEndpoint endpoint) => endpoint.Metadata.GetRequiredMetadata<NeedsAttribute>().Permission;

    /// <summary>An indicator has a permission of its own beside that of the address.</summary>
    private static string? OfRow(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.Contains("{key}", StringComparison.Ordinal) ? PatientsPermissions.Read : null;

    private static HttpMethod Method(RouteEndpoint endpoint) => new(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]);

    /// <summary>With planted rows, so that a 404 never passes for a refusal.</summary>
    private static string Address(RouteEndpoint endpoint)
    {
        var row = endpoint.Metadata.GetRequiredMetadata<IModuleMetadata>().ModuleId == "patients" ? Patient : Visit;
        var address = EndpointSamples.Plain(endpoint.RoutePattern.RawText!).Replace("{id:guid}", row, StringComparison.Ordinal)
            .Replace("{person:guid}", row, StringComparison.Ordinal).Replace("{key}", "patients.registrations", StringComparison.Ordinal);
        return address.EndsWith("/openings", StringComparison.Ordinal) ? $"{address}?location={TestHost.NorthMain}&type={row}" : address;
    }

    private static async Task<int> StatusAsync(ApiClient client, RouteEndpoint endpoint)
    {
        using var answer = await client.SendAsync(Method(endpoint), Address(endpoint), Method(endpoint) == HttpMethod.Get ? null : new { }, Guid.NewGuid().ToString());
        return (int)answer.StatusCode;
    }

    private Task<long> NotedAsync(ApiClient api) =>
        host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'access' and person_id = '{api.Program.Id}' and person_name = '{api.Program.Name}' and (patient_ids <> '{{}}' or list_digest is not null)");

    private void Expect(int status, Func<int, bool> right, RouteEndpoint endpoint, string who)
    {
        if (!right(status))
        {
            faults.Add($"{Method(endpoint)} {endpoint.RoutePattern.RawText} for {who}: {status}");
        }
    }
}
