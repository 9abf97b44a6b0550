using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
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
    public static void Send(WebApplicationBuilder builder, string endpoint)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        builder.Configuration["OTEL_SERVICE_NAME"] ??= "modular";
        // An exception is an event of its span, and its words may be what somebody typed.
        builder.Configuration["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "0";
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = NameByFirstRoute)
            .AddNpgsql()
            .AddSource(Bus)
            .AddProcessor(new SpanFilter())
            .AddOtlpExporter());
    }

    /// <summary>A failure runs the page that explains it through the same pipeline; the span is of what was asked for.</summary>
    private static void NameByFirstRoute(Activity span, HttpResponse response)
    {
        if (response.HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.DisplayName = $"{response.HttpContext.Request.Method} {route}";
            span.SetTag("http.route", route);
        }
    }
}
