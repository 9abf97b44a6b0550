using System.Collections.Concurrent;
using Modular.Host.Practices;

namespace Modular.Host.Bus;

/// <summary>
/// The bus of this process: one lane per practice, worked on by tasks that exist only while there is work, and one slow loop
/// that finds what nobody works on.
/// </summary>
public sealed class BusPump(IServiceProvider services, PracticeRegistry practices, NodeService node, HandlerMap handlers, BusOptions options, TimeProvider clock, ILogger<BusPump> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, PracticeLane> lanes = new();
    private readonly ConcurrentDictionary<Task, byte> running = new();
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

    public PracticeLane Lane(Practice practice) => lanes.GetOrAdd(practice.Id, _ => new(practice, this));

    public void Run(Func<Task> work)
    {
#pragma warning disable RS0030 // The bus itself: what it runs is the messages of all, and it is waited for at the end.
        var task = Task.Run(work);
#pragma warning restore RS0030
        running[task] = 0;
        _ = task.ContinueWith(t => running.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The other hosts should look at this practice; told at most once a second.</summary>
    public void TellOthers(Practice practice) => services.GetRequiredService<DueHints>().TellOthers(practice.Id);

    public void Hint(Guid practice, DateTimeOffset due) => services.GetRequiredService<DueHints>().Add(practice, due);

    /// <summary>One piece of a lane's work. Never throws: what failed for want of a connection comes again.</summary>
    public async Task HandleAsync(PracticeLane lane, LanePiece piece)
    {
        try
        {
            await (piece.Queue switch
            {
                null => ClaimAsync(lane),
                { External: true } => services.GetRequiredService<ExternalRunner>().RunAsync(lane, piece.Rows[0], NodeId, handling.Token),
                var queue => services.GetRequiredService<BatchRunner>().RunAsync(lane, queue, piece.Rows, NodeId, handling.Token),
            });
        }
        catch (Exception e)
        {
            // The lane must go on whatever happened; the rows are still in the table and nothing of them was committed, or all was.
            if (!Stopping)
            {
                log.LogWarning("The bus of practice {Practice} lost its connection ({Exception}); trying again", lane.Practice.Row.Slug, e.GetType().Name);
                _ = AgainAsync(lane, piece);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        practices.Refreshed += practice => Lane(practice).Poke();
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
        await Task.WhenAll(running.Keys).WaitAsync(options.ShutdownGrace, CancellationToken.None).ContinueWith(_ => { }, TaskScheduler.Default);
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

    private async Task ClaimAsync(PracticeLane lane)
    {
        if (!lane.Practice.Snapshot.Ready)
        {
            return;
        }

        var take = options.MemoryRows / 2;
        var now = clock.GetUtcNow();
        List<InboxRow> rows;
        DateTimeOffset? next = null;
        await using (var lease = await lane.EnterAsync(handling.Token))
        {
            var connection = await lease.OpenAsync(handling.Token);
            rows = await Inbox.ClaimAsync(connection, lane.Queues, NodeId, take, now, handling.Token);
            if (rows.Count < take)
            {
                next = await Inbox.NextDueAsync(connection, lane.Queues, handling.Token);
            }
        }

        lane.Enqueue(rows, claim: rows.Count == take);
        if (next is { } due)
        {
            lane.NoteDue(due, hint: true);
        }
    }

    private async Task AgainAsync(PracticeLane lane, LanePiece piece)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stopping.Token);
            if (piece.Queue is null)
            {
                lane.Poke();
            }
            else
            {
                piece.Rows.ForEach(lane.Requeue);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops; recovery gives the rows to others.
        }
    }
}
