using System.Runtime.CompilerServices;
using JasperFx;
using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Modular.Host.Practices;
using Weasel.Postgresql;
using Wolverine;
using Wolverine.Persistence.Durability;
using Wolverine.Postgresql;
using Wolverine.Runtime.Handlers;
using Wolverine.Util;

namespace Modular.Host.Bus;

/// <summary>Wolverine as the bus: one durable local queue for each queue of a handler, tables made by our migrations, no agents of its own.</summary>
public sealed class WolverineSetup(HandlerMap handlers, Failures failures, IServiceProvider services) : IWolverineExtension
{
    /// <summary>So many practices can be at work in one queue; the rest of a practice's connections and memory is the lane's to share out.</summary>
    private const int Parallel = 8;

    public const string Schema = "bus";
    private static readonly TimeSpan Never = TimeSpan.FromDays(10);

    public static void Add(IServiceCollection services)
    {
        WolverineMessageNaming.InsertFirst<AliasNaming>();
        // Its table of types takes a tenth of a second to make. It is made while the modules are loaded, and whoever needs it sooner waits for it.
        ThreadPool.UnsafeQueueUserWorkItem(_ => RuntimeHelpers.RunClassConstructor(typeof(PostgresqlProvider).TypeHandle), null);
        services.AddSingleton<IWolverineExtension, WolverineSetup>();
        // It says that it found no handlers: there are none of its own to be found.
        services.AddLogging(logging => logging.AddFilter("Wolverine", LogLevel.Warning).AddFilter("Wolverine.Configuration.HandlerDiscovery", LogLevel.Error));
        var tenants = new PracticeTenants();
        services.AddSingleton(tenants);
        services.AddWolverine(ExtensionDiscovery.ManualOnly, options =>
        {
            options.ApplicationAssembly = typeof(WolverineSetup).Assembly;
            options.Discovery.DisableConventionalDiscovery();
            options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
            options.PersistMessagesWithPostgresqlUsingDataSourceFromContainer(sp => sp.GetRequiredService<Catalogue>().Database, Schema).RegisterTenants(tenants);
            options.AutoBuildMessageStorageOnStartup = AutoCreate.None;
            // Who is alive is our advisory lock in the catalogue, and rows are owned by its numbers: Wolverine needs no nodes, no leader and no polls.
            options.Durability.Mode = DurabilityMode.Solo;
            options.Durability.MessageIdentity = MessageIdentity.IdAndDestination;
            options.Durability.DurabilityAgentEnabled = false;
            options.Durability.DurabilityMetricsEnabled = false;
            options.Durability.NodeAssignmentHealthCheckTracingEnabled = false;
            options.Durability.ScheduledJobPollingTime = Never;
            options.Durability.ScheduledJobFirstExecution = Never;
            options.Durability.HealthCheckPollingTime = Never;
            options.Durability.FirstHealthCheckExecution = Never;
            options.Durability.CheckAssignmentPeriod = Never;
        });
        var package = services.Last(service => service.ServiceType == typeof(IMessageStore)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<IMessageStore>(sp => tenants.Around((MultiTenantedMessageStore)package(sp), sp)));
    }

    public void Configure(WolverineOptions options)
    {
        failures.Judge(options);
        foreach (var queue in handlers.All.GroupBy(h => h.Queue))
        {
            options.LocalQueue(queue.Key).UseDurableInbox().MaximumParallelMessages(queue.Any(h => h.External) ? 4 * Parallel : Parallel);
            var endpoint = options.Transports.GetOrCreateEndpoint(new(Addresses.Of(queue.Key)));
            foreach (var message in queue.Select(h => h.MessageType).Append(typeof(Unreadable)))
            {
                Func<BusPump> pump = services.GetRequiredService<BusPump>;
                endpoint.RegisterStickyMessageHandler(message, (IMessageHandler)Activator.CreateInstance(typeof(QueueReceiver<>).MakeGenericType(message), pump)!);
            }
        }
    }

    /// <summary>On the wire a message has its alias, never the name of a .NET type.</summary>
    public sealed class AliasNaming : IMessageTypeNaming
    {
        public bool TryDetermineName(Type messageType, out string messageTypeName)
        {
            messageTypeName = MessageNames.Find(messageType) ?? "";
            return messageTypeName.Length > 0;
        }
    }
}
