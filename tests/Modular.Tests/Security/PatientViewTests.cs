using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>
/// What <see cref="PatientAccessTests"/> cannot read, pictures and PDFs of scans, is in the access log too: every page of a module is opened with
/// a patient behind it, and one that shows a patient or a file and notes nothing is named.
/// </summary>
public sealed class PatientViewTests : IAsyncLifetime
{
    /// <summary>No word of any page, so that an answer that has it shows a patient.</summary>
    private const string Name = "Zebulon";

    private TestHost host = null!;
    private IReadOnlyDictionary<string, Sample> samples = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        samples = await EndpointSamples.PlantAllAsync(host);
        await new SampleRows(host.North).RunAsync($"""
            do $$
            declare
                t record;
            begin
                for t in select c.table_schema, c.table_name, c.column_name from core.patient_tables p
                         join information_schema.columns c on (c.table_schema, c.table_name) = (p.schema_name, p.table_name)
                         where p.schema_name not in ('core', 'audit') and c.data_type = 'text' and c.column_name in ('first_name', 'name', 'patient', 'patient_name', 'caller')
                loop
                    execute format('update %I.%I set %I = %L', t.table_schema, t.table_name, t.column_name, '{Name}');
                end loop;
            end $$
            """);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_get_that_shows_a_patient_is_in_the_access_log()
    {
        var (shown, silent) = (0, new List<string>());
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsPage))
        {
            var route = endpoint.RoutePattern.RawText!;
            var sample = samples.GetValueOrDefault(EndpointSamples.Plain(route)) ?? new(route, EndpointSamples.Plain(route));
            var before = await NotedAsync();
            using var answer = await owner.Http.GetAsync(sample.Url, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode == HttpStatusCode.OK && await ShowsAsync(answer, route))
            {
                shown++;
                if (await NotedAsync() == before)
                {
                    silent.Add($"{route} shows a patient and notes nothing: call IAccessLog.Viewed or Listed.");
                }
            }
        }

        Assert.True(silent.Count == 0, string.Join('\n', silent));
        // Were it not so, the test would look at the wrong pages.
        Assert.InRange(shown, 50, 1000);
    }

    /// <summary>By name, by an address that is about a patient, or as a file of one.</summary>
    private static async Task<bool> ShowsAsync(HttpResponseMessage answer, string route)
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        return route.Contains("{patient", StringComparison.OrdinalIgnoreCase) || type is "application/pdf" or "application/zip" || type.StartsWith("image/", StringComparison.Ordinal)
            || (await answer.Content.ReadAsStringAsync()).Contains(Name, StringComparison.Ordinal);
    }

    /// <summary>With the patient; or with the paper, while nobody knows yet whose it is.</summary>
    private Task<long> NotedAsync() => host.North.AskAsync<long>("select count(*) from audit.entries where log = 'access' and (patient_ids <> '{}' or list_digest is not null or (row_id is not null and what = 'scan'))");

    /// <summary>The modules' own: the host's pages show patients in lists of its own making, each with a test beside it.</summary>
    private static bool IsPage(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
        && endpoint.Metadata.GetMetadata<IModuleMetadata>()?.ModuleId is not (null or "core");
}
