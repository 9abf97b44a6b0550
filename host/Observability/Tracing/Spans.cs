using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Trace;

namespace Modular.Host.Observability.Tracing;

/// <summary>Spans of requests, queries and messages, over OTLP.</summary>
public static class Spans
{
    /// <summary>Of the bus, and of what it stands on.</summary>
    private static readonly string[] Bus = ["Modular.Bus", "Wolverine"];

    /// <param name="endpoint">Where a collector listens; the other variables of OpenTelemetry (protocol, headers, sampler) count too.</param>
    /// <param name="asked">The endpoint that a request was for: a failure runs the page that explains it through the same pipeline.</param>
    public static void Send(WebApplicationBuilder builder, string endpoint, Func<HttpContext, RouteEndpoint?> asked)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        builder.Configuration["OTEL_SERVICE_NAME"] ??= "modular";
        // An exception is an event of its span, and its words may be what somebody typed.
        builder.Configuration["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "0";
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = (span, response) => Name(span, asked(response.HttpContext)))
            .AddNpgsql()
            .AddSource(Bus)
            .AddProcessor(new SpanFilter())
            .AddOtlpExporter());
    }

    private static void Name(Activity span, RouteEndpoint? asked)
    {
        if (asked?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{span.GetTagItem("http.request.method")} {route}";
            span.SetTag("http.route", route);
        }
    }
}
