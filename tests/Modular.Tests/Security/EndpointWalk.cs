using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Every endpoint of a running host that people open, with an address that leads to a planted row.</summary>
public sealed class EndpointWalk
{
    private readonly TestHost host;
    private readonly IReadOnlyDictionary<string, Sample> samples;

    private EndpointWalk(TestHost host, IReadOnlyDictionary<string, Sample> samples) => (this.host, this.samples) = (host, samples);

    public static async Task<EndpointWalk> PlantAsync(TestHost host) => new(host, await EndpointSamples.PlantAllAsync(host));

    /// <summary>What people open; what programs call is walked by <see cref="Api.ApiMatrixTests"/>.</summary>
    public IEnumerable<RouteEndpoint> Endpoints =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiMetadata>() is null);

    public IEnumerable<RouteEndpoint> Pages => Endpoints.Where(IsGet);

    public bool HasSample(RouteEndpoint endpoint) => samples.ContainsKey(EndpointSamples.Plain(endpoint.RoutePattern.RawText!));

    public Sample SampleOf(RouteEndpoint endpoint)
    {
        var route = endpoint.RoutePattern.RawText!;
        return samples.TryGetValue(EndpointSamples.Plain(route), out var sample) ? sample
            : new("", "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is RoutePatternParameterPart parameter
                ? Anything(parameter) : ((RoutePatternLiteralPart)segment.Parts[0]).Content)));
    }

    public static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    public static bool IsGet(RouteEndpoint endpoint) => Methods(endpoint).Count == 0 || Methods(endpoint).Contains("GET");

    public static async Task<HttpResponseMessage> SendAsync(TestClient client, RouteEndpoint endpoint, string url)
    {
        using var request = new HttpRequestMessage(IsGet(endpoint) ? HttpMethod.Get : new HttpMethod(Methods(endpoint)[0]), url);
        if (!IsGet(endpoint))
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        // Headers only: the live stream never ends.
        return await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>For writes, which the gate or the missing token stops before the row is looked for.</summary>
    private static string Anything(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Any(p => p.Content == "guid") ? "00000000-0000-7000-8000-00000000ffff"
        : parameter.ParameterPolicies.Any(p => p.Content == "int") ? "1" : "something";
}
