using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>The OpenAPI documents say what the endpoints are.</summary>
public sealed class OpenApiTests(SharedHost shared)
{
    [Theory]
    [InlineData("patients")]
    [InlineData("scheduling")]
    public async Task Every_address_of_the_module_is_in_its_document_with_its_scope_and_a_summary(string module)
    {
        var document = await DocumentAsync(module);
        var told = from path in document.GetProperty("paths").EnumerateObject()
                   from verb in path.Value.EnumerateObject()
                   select $"{verb.Name} {path.Name} {verb.Value.GetProperty("security")[0].GetProperty("token")[0].GetString()}";
        var real = from endpoint in shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                   where endpoint.Metadata.GetMetadata<ApiMetadata>() is not null && endpoint.Metadata.GetMetadata<IModuleMetadata>()!.ModuleId == module
                   select $"{endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0].ToLowerInvariant()} /{endpoint.RoutePattern.RawText!.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal)} {endpoint.Metadata.GetRequiredMetadata<NeedsAttribute>().Permission}";

        Assert.Equal(real.Order(), told.Order());
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(v => v.Value).ToList();
        Assert.All(operations, o => Assert.NotEmpty(o.GetProperty("summary").GetString()!));
        Assert.Equal(operations.Count, operations.Select(o => o.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, o => Assert.Contains(o.GetProperty("responses").EnumerateObject(), r => r.Name[0] == '2'));
    }

    [Theory]
    [InlineData("patients")]
    [InlineData("scheduling")]
    public async Task Every_reference_of_the_document_leads_somewhere(string module)
    {
        var document = await DocumentAsync(module);
        var references = References(document).Distinct().ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            var at = document;
            foreach (var part in reference.Split('/').Skip(1))
            {
                Assert.True(at.ValueKind == JsonValueKind.Object && at.TryGetProperty(part, out at), $"{reference} leads nowhere");
            }
        });
    }

    [Fact]
    public async Task A_field_says_its_unit_what_it_needs_and_whether_it_may_be_left_out()
    {
        var schema = (await DocumentAsync("scheduling")).GetProperty("components").GetProperty("schemas");

        var wanted = schema.GetProperty("NewAppointment");
        Assert.Equal(["locationId", "patientId", "start", "typeId"], wanted.GetProperty("required").EnumerateArray().Select(r => r.GetString()).Order());
        Assert.Contains("offset", wanted.GetProperty("properties").GetProperty("start").GetProperty("description").GetString());
        Assert.Equal("integer", schema.GetProperty("AppointmentBody").GetProperty("properties").GetProperty("version").GetProperty("type").GetString());
        Assert.True(schema.GetProperty("ApiPageOfAppointmentBody").GetProperty("properties").TryGetProperty("next", out _));
    }

    [Fact]
    public async Task A_change_says_that_it_needs_the_version_and_a_field_that_it_may_be_left_out()
    {
        var document = await DocumentAsync("patients");
        var paths = document.GetProperty("paths");

        Assert.Equal(["Idempotency-Key", "If-Match"], Headers(paths.GetProperty("/api/patients/{id}").GetProperty("patch")));
        Assert.Equal(["Idempotency-Key"], Headers(paths.GetProperty("/api/patients").GetProperty("post")));
        var change = document.GetProperty("components").GetProperty("schemas").GetProperty("ChangedPatient");
        Assert.False(change.TryGetProperty("required", out _));
        Assert.Equal(["string", "null"], change.GetProperty("properties").GetProperty("email").GetProperty("type").EnumerateArray().Select(t => t.GetString()));
        Assert.True(change.GetProperty("properties").TryGetProperty("deceasedOn", out _));
        Assert.False(change.GetProperty("properties").TryGetProperty("anyway", out _));
    }

    private static List<string> Headers(JsonElement operation) =>
        [.. operation.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "header" && p.GetProperty("required").GetBoolean()).Select(p => p.GetProperty("name").GetString()!).Order()];

    private async Task<JsonElement> DocumentAsync(string module)
    {
        using var nobody = shared.Host.Client(shared.Host.North);
        return await nobody.Http.GetFromJsonAsync<JsonElement>($"/api/{module}/openapi.json");
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
