using Microsoft.Extensions.DependencyInjection.Extensions;
using Modular.Host.Bus.Groups;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Bus;

public static class BusServices
{
    public static void AddBus(this IServiceCollection services, StartOptions options)
    {
        services.TryAddSingleton(new BusOptions());
        services.AddSingleton(sp => new NodeOptions(sp.GetRequiredService<BusOptions>().NodeDeadAfter));
        services.AddSingleton<DueHints>();
        services.AddSingleton<Failures>();
        services.AddSingleton<HandlerWatch>();
        services.AddSingleton<JobResults>();
        services.AddSingleton<BatchRunner>();
        services.AddSingleton<ExternalRunner>();
        services.AddSingleton<Recovery>();
        WolverineSetup.Add(services);
        services.AddSingleton<BusPump>();
        services.AddHostedService(sp => sp.GetRequiredService<BusPump>());
        if (BrokerSettings.Read(options.Broker) is { } broker)
        {
            services.AddSingleton(broker).AddSingleton<Departures>().AddSingleton<DepartureSender>().AddSingleton<Arrivals>().AddSingleton<BrokerLink>();
            services.AddHostedService(sp => sp.GetRequiredService<BrokerLink>());
        }

        services.AddScoped<Outbox>();
        services.AddScoped<IRowRecorder, TellRecorder>();
        services.AddScoped<IMessageBus, MessageBus>();
        // Handlers may run on for a minute when the host stops.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = new BusOptions().ShutdownGrace + TimeSpan.FromSeconds(15));
    }
}
