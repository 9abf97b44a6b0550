using System.Collections.Concurrent;
using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client.Exceptions;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.RabbitMQ;
using Wolverine.RabbitMQ.Internal;
using Wolverine.Runtime;
using Wolverine.Transports;
using Wolverine.Transports.Sending;

namespace Modular.Host.Bus.RabbitMq;

/// <summary>
/// One connection to the broker by Wolverine's RabbitMQ transport, of a Wolverine that is never started: the messages' own tables, handlers and
/// retries are the practices'. A line that broke is thrown away and another opened.
/// </summary>
public sealed class BrokerLine : IAsyncDisposable
{
    /// <summary>A broker that is out of memory or disk takes nothing and says nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider services;
    private readonly IWolverineRuntime runtime;
    private readonly RabbitMqTransport transport;
    private readonly ConcurrentDictionary<string, ISender> senders = new();
    private IListener? listener;
    private volatile bool broken;

    private BrokerLine(ServiceProvider services)
    {
        this.services = services;
        runtime = services.GetRequiredService<IWolverineRuntime>();
        transport = runtime.Options.Transports.OfType<RabbitMqTransport>().Single();
    }

    /// <param name="address">With name and password.</param>
    /// <param name="name">What the broker's own pages call this connection.</param>
    public static BrokerLine To(Uri address, string name) => new(new ServiceCollection()
        // It logs each exception whole, and each attempt to reconnect: whoever has the line says in a sentence how it is.
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging()
        .AddWolverine(ExtensionDiscovery.ManualOnly, options =>
        {
            options.ApplicationAssembly = typeof(BrokerLine).Assembly;
            options.Discovery.DisableConventionalDiscovery();
            options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
            // In this mode a message counts as sent when the broker has confirmed that a queue has it.
            options.Durability.Mode = DurabilityMode.ServerlessWithOutbox;
            options.UseRabbitMq(factory =>
            {
                factory.Uri = address;
                factory.ClientProvidedName = name;
                factory.RequestedConnectionTimeout = Patience;
            }).AutoProvision().DisableDeadLetterQueueing().DisableSystemRequestReplyQueueDeclaration();
        }).BuildServiceProvider());

    /// <summary>Once; it may be tried again while it fails.</summary>
    public async Task OpenAsync() => await transport.ConnectAsync(runtime);

    /// <summary>False when the connection is gone, or something came that could neither be acknowledged nor refused.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct) => !broken && (await transport.ProbeAsync(ct)).Status is not BrokerHealthStatus.Unhealthy;

    /// <summary>Returns when the broker has the message safe in the queue.</summary>
    /// <param name="owned">The queue is made where it is missing; otherwise it is its reader's to make.</param>
    /// <exception cref="QueueRefusedException">The queue does not take it; others may.</exception>
    /// <exception cref="TimeoutException">The broker says nothing.</exception>
    public async Task SendAsync(string queue, bool owned, Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var sender = senders.GetOrAdd(queue, name => transport.BuildSender(Queue(name, owned), RoutingMode.Static, runtime));
        try
        {
            await sender.SendAsync(envelope).AsTask().WaitAsync(Patience);
        }
        catch (PublishException e)
        {
            throw new QueueRefusedException(e.IsReturn ? "it is not there" : "the broker refuses them", e);
        }
    }

    /// <summary>Has what is in the queue judged, some at a time and in their order; one host at a time reads it.</summary>
    public async Task ListenAsync(string queue, Func<IReadOnlyList<Envelope>, Task<IReadOnlyList<Verdict>>> judge) =>
        listener = await Queue(queue, owned: true)
            .BuildListenerAsync(runtime, new Receiver(judge, (envelope, sentence) => RefuseAsync(queue, envelope, sentence), () => broken = true));

    public async ValueTask DisposeAsync()
    {
        broken = true;
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }

        await transport.DisposeAsync();
        await services.DisposeAsync();
    }

    private Task RefuseAsync(string queue, Envelope envelope, string sentence)
    {
        envelope.Headers["refused"] = sentence;
        return SendAsync(queue + ".refused", owned: true, envelope);
    }

    private RabbitMqQueue Queue(string name, bool owned)
    {
        var queue = transport.EndpointForQueue(name);
        // Survives the broker's restart; a listener is given many at once.
        queue.Mode = EndpointMode.Durable;
        queue.PreFetchCount = 100;
        queue.IsExternallyOwned = !owned;
        queue.Arguments["x-single-active-consumer"] = true;
        queue.EnvelopeMapper = new StrictMapper(queue, runtime);
        return queue;
    }
}

/// <summary>One queue takes nothing; its message says why, to go on with "takes nothing, because".</summary>
public sealed class QueueRefusedException(string why, Exception inner) : Exception(why, inner);
