using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Modular.Host.Bus.Groups;
using Modular.Host.Logging;
using Modular.Host.Practices;
using Wolverine.Runtime;
using Wolverine.Transports;
using Delivery = Wolverine.Envelope;

namespace Modular.Host.Bus;

/// <summary>
/// The bus of this process: hands rows to Wolverine's queues, takes what they deliver, one lane per practice, and runs the slow loop
/// that finds what nobody works on.
/// </summary>
public sealed class BusPump(IServiceProvider services, PracticeRegistry practices, NodeService node, HandlerMap handlers, BusOptions options, TimeProvider clock, ILogger<BusPump> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, PracticeLane> lanes = new();
    private readonly RunningTasks running = new(log);
    private readonly ConcurrentDictionary<string, IListenerCircuit> circuits = new();
    private readonly Lazy<BrokerLink?> broker = new(services.GetService<BrokerLink>);
    private readonly CancellationTokenSource handling = new();
    private readonly CancellationTokenSource stopping = new();

    public BusOptions Options => options;

    public HandlerMap Handlers => handlers;

    public TimeProvider Clock => clock;

    public int NodeId => node.NodeId;

    public bool Stopping => stopping.IsCancellationRequested;

    /// <summary>Places for connections of all practices together.</summary>
    public SemaphoreSlim Connections { get; } = new(options.ConnectionsPerProcess);

    public IEnumerable<PracticeLane> Lanes => lanes.Values;

    /// <summary>Null where no broker is set.</summary>
    public BrokerLink? Broker => broker.Value;

    public PracticeLane Lane(Practice practice) => lanes.GetOrAdd(practice.Id, _ => new(practice, this));

    /// <summary>Begins it; the bus waits for it when it stops.</summary>
    public void Run(Func<Task> work) => running.Begin(work);

    /// <summary>The other hosts should look at this practice; told at most once a second.</summary>
    public void TellOthers(Practice practice)
    {
        var hints = services.GetRequiredService<DueHints>();
        if (hints.MayTell(practice.Id))
        {
            Run(() => hints.TellAsync(practice.Id));
        }
    }

    public void Hint(Guid practice, DateTimeOffset due) => services.GetRequiredService<DueHints>().Add(practice, due);

    /// <summary>Into Wolverine's queues. A process that is no node has none: what it published is a host's to handle.</summary>
    public void Deliver(PracticeLane lane, IReadOnlyList<InboxRow> rows)
    {
        if (rows.Count == 0 || NodeId == 0 || Stopping)
        {
            return;
        }

        foreach (var queue in rows.Where(r => r.HandOver()).GroupBy(r => r.Queue))
        {
            running.Keep(DeliverAsync(lane, queue.Key, [.. queue]));
        }
    }

    /// <summary>What Wolverine's queue delivers. Returns when nothing is to be done about it any more, by this delivery.</summary>
    public Task DeliveredAsync(Delivery delivery)
    {
        // A row that is not held was done by another one's batch. When the host stops, its rows go back to the table.
        if (Stopping || !TryFind(delivery, out var lane, out var row))
        {
            return Task.CompletedTask;
        }

        var work = lane.DeliveredAsync(row);
        running.Keep(work);
        return work;
    }

    /// <summary>The row of an envelope that this process holds.</summary>
    public bool TryFind(Delivery delivery, [NotNullWhen(true)] out PracticeLane? lane, [NotNullWhen(true)] out InboxRow? row)
    {
        row = null;
        return lanes.TryGetValue(Guid.Parse(delivery.TenantId!), out lane) && lane.Held.TryGetValue((delivery.Id, Addresses.Queue(delivery.Destination!.ToString())), out row);
    }

    /// <summary>One batch of a lane. What failed for want of a connection comes again.</summary>
    /// <exception cref="HandlerFailedException">The message failed, alone in its transaction.</exception>
    public async Task HandleAsync(PracticeLane lane, bool external, List<InboxRow> rows)
    {
        try
        {
            await (external
                ? services.GetRequiredService<ExternalRunner>().RunAsync(lane, rows[0], NodeId, handling.Token)
                : services.GetRequiredService<BatchRunner>().RunAsync(lane, rows, NodeId, handling.Token));
        }
        catch (Exception e) when (e is not HandlerFailedException)
        {
            // Whatever happened: the rows are still in the table and nothing of them was committed, or all was.
            Lost(lane, e, () => rows.ForEach(lane.Requeue));
        }
    }

    public async Task ClaimAsync(PracticeLane lane)
    {
        if (!lane.Practice.Snapshot.Ready)
        {
            return;
        }

        try
        {
            var take = options.MemoryRows / 2;
            var now = clock.GetUtcNow();
            await using var lease = await lane.EnterAsync(handling.Token);
            var connection = await lease.OpenAsync(handling.Token);
            var rows = await Inbox.ClaimAsync(connection, lane.Practice.Id, lane.Queues, NodeId, take, now, handling.Token);
            lane.Enqueue(rows);
            if (Broker is { } link)
            {
                await link.LookAsync(lane, connection, handling.Token);
            }

            if (rows.Count == take)
            {
                lane.Poke();
            }
            else if (await Inbox.NextDueAsync(connection, lane.Queues, handling.Token) is { } due)
            {
                lane.NoteDue(due, hint: true);
            }
        }
        catch (Exception e)
        {
            Lost(lane, e, lane.Poke);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        practices.Refreshed += practice => Lane(practice).Poke();
        practices.Removed += practice => lanes.TryRemove(practice.Id, out _);
        // Those that were ready before anybody listened.
        foreach (var practice in practices.All.Where(p => p.Snapshot.Ready))
        {
            Lane(practice).Poke();
        }

        await node.Ready.WaitAsync(stoppingToken);
        var recovery = services.GetRequiredService<Recovery>();
        try
        {
            await recovery.RunAsync(this, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        handling.CancelAfter(options.ShutdownGrace);
        await base.StopAsync(cancellationToken);
        await running.EndedAsync(options.ShutdownGrace);
        await handling.CancelAsync();
        await services.GetRequiredService<Recovery>().LeaveAsync(this);
    }

    public override void Dispose()
    {
        foreach (var lane in lanes.Values)
        {
            lane.Dispose();
        }

        handling.Dispose();
        stopping.Dispose();
        Connections.Dispose();
        base.Dispose();
    }

    private async Task DeliverAsync(PracticeLane lane, string queue, List<InboxRow> rows)
    {
        try
        {
            var circuit = circuits.GetOrAdd(queue, name => services.GetRequiredService<IWolverineRuntime>().Endpoints.FindListenerCircuit(new(Addresses.Of(name)))
                ?? throw new InvalidOperationException($"Wolverine has no queue {name}."));
            await circuit.EnqueueDirectlyAsync(rows.Select(r => r.ForQueue(r.Message ??= handlers.Read(r))).ToList());
        }
        catch (Exception e)
        {
            log.LogWarning("Queue {Queue} took nothing ({Exception}); its messages go back to the table", queue, e.GetType().Name);
            lane.Done(rows);
            lane.Unsure(rows);
        }
    }

    private void Lost(PracticeLane lane, Exception e, Action again)
    {
        if (!Stopping)
        {
            log.LogWarning("The bus of practice {Practice} lost its connection ({Exception}); trying again", lane.Practice.Row.Slug, e.GetType().Name);
            Later(TimeSpan.FromSeconds(1), again);
        }
    }

    /// <summary>Does something after a while, unless the host stops before: then recovery gives the rows to others.</summary>
    public void Later(TimeSpan wait, Action act)
    {
        var waited = Task.Delay(wait, clock, stopping.Token);
        Run(async () =>
        {
            await waited;
            act();
        });
    }
}
