using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Modular.Host.Logging;
using Modular.Host.Start;

namespace Modular.Host.Observability;

public static class ObservabilityServices
{
    /// <summary>One JSON object a line for whatever collects it; plain lines for a person at a terminal, and for whoever works on a module, whose output an editor may read. What the frameworks say about every request is left out.</summary>
    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder, StartOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)
            .AddFilter("OpenIddict", LogLevel.Warning);
        // Its only use here would be a scope around every line that holds the address asked for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // It says with every key that keys are not encrypted by the operating system; ours are, with the key of the installation.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        if (Console.IsOutputRedirected && !options.Development)
        {
            builder.Logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(lines =>
            {
                // A trace in one line is read by nobody.
                lines.SingleLine = !options.Development;
                lines.IncludeScopes = true;
                lines.TimestampFormat = "HH:mm:ss ";
            });
        }

        if (!options.Development)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(sp => new LogDoor(new LoggerFactory(
                sp.GetServices<ILoggerProvider>(), sp.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                sp.GetRequiredService<IOptions<LoggerFactoryOptions>>(), sp.GetService<IExternalScopeProvider>()))));
        }

        if (options.Telemetry is { Length: > 0 } endpoint)
        {
            SendSpans(builder, endpoint);
        }

        builder.Services.AddSingleton<RequestMetrics>().AddSingleton<ProcessMetrics>().AddSingleton<MachineState>();
        return builder;
    }

    /// <summary>A method of its own: OpenTelemetry is loaded when it is called for the first time, and never without an endpoint.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SendSpans(WebApplicationBuilder builder, string endpoint) => Tracing.Spans.Send(builder, endpoint, RequestLog.Asked);
}
