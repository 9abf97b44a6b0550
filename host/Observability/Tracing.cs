using System.Runtime.CompilerServices;
using Npgsql;
using OpenTelemetry.Trace;

namespace Modular.Host.Observability;

/// <summary>
/// Spans of requests, queries and messages over OTLP, when the standard variable names where to. Without it no assembly of OpenTelemetry
/// is loaded. Metrics stay at <c>/metrics</c>.
/// </summary>
public static class Tracing
{
    /// <summary>Of the bus, and of what it stands on.</summary>
    private static readonly string[] Bus = ["Modular.Bus", "Wolverine"];

    public static void AddTracing(this WebApplicationBuilder builder, StartOptions options)
    {
        if (options.Telemetry is { Length: > 0 } endpoint)
        {
            // Read again by the exporter, with the others of its name: protocol, headers, sampler.
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            Add(builder);
        }
    }

    /// <summary>A method of its own: its assemblies are loaded when it is compiled, which is when it is called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(WebApplicationBuilder builder)
    {
        // An exception is an event of its span, and its words may be what somebody typed.
        builder.Configuration["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "0";
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddAspNetCoreInstrumentation()
            .AddNpgsql()
            .AddSource(Bus)
            .AddProcessor(new SpanFilter())
            .AddOtlpExporter());
    }
}
