using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>The bus's slow loop: due hints, dead hosts, lost commits, old rows, and a sweep over everything in case a hint was lost.</summary>
public sealed class Recovery(PracticeRegistry practices, NodeService node, DueHints hints, BusOptions options, TimeProvider clock, ILogger<Recovery> log)
{
    /// <summary>So many practices are visited side by side: a host that died must not take every connection of another.</summary>
    private const int AtOnce = 4;

    /// <summary>Hosts without a lock at the last look.</summary>
    private HashSet<int> silent = [];

    public async Task RunAsync(BusPump pump, CancellationToken stop)
    {
        node.Told += (kind, id, _) =>
        {
            if (kind == "due" && practices.Find(id) is { } practice)
            {
                pump.Lane(practice).Poke();
            }
        };
        // Apart, because visiting a thousand practices takes a while, and what falls due meanwhile must not wait for it.
        await Task.WhenAll(LookAfterDueAsync(pump, stop), LookAfterHostsAsync(pump, stop));
    }

    private async Task LookAfterDueAsync(BusPump pump, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(options.HintInterval, clock, stop);
            await GuardAsync(() => LookAtHintsAsync(pump, stop));
            await GuardAsync(() => TidyAsync(pump, clock.GetUtcNow(), stop));
        }
    }

    private async Task LookAfterHostsAsync(BusPump pump, CancellationToken stop)
    {
        // Who holds no lock at all when this process starts is gone, however fresh its heartbeat: a lone host recovers at once.
        await GuardAsync(() => TakeOverAsync(pump, atStart: true, stop));
        var beat = options.NodeDeadAfter / 15;
        var (visited, owed) = (0, 0.0);
        while (true)
        {
            await Task.Delay(beat, clock, stop);
            await GuardAsync(() => TakeOverAsync(pump, atStart: false, stop));
            // A share at each beat: looking at a thousand practices in the same second would keep what is due waiting behind them.
            var all = practices.All.Where(p => p.Snapshot.Ready).OrderBy(p => p.Id).ToList();
            for (owed += all.Count * (beat / options.SweepInterval); owed >= 1; owed--)
            {
                pump.Lane(all[visited++ % all.Count]).Poke();
            }
        }
    }

    /// <summary>An orderly stop: what this host still held is anybody's.</summary>
    public Task LeaveAsync(BusPump pump) => GuardAsync(async () =>
    {
        var others = (await node.LiveAsync(options.NodeDeadAfter, CancellationToken.None)).Live.Where(id => id != node.NodeId).ToArray();
        foreach (var lane in pump.Lanes.Where(l => !l.Held.IsEmpty))
        {
            await ReleaseAsync(lane.Practice, others, CancellationToken.None);
        }

        await node.ForgetAllButAsync(others, CancellationToken.None);
    });

    private async Task LookAtHintsAsync(BusPump pump, CancellationToken stop)
    {
        await hints.WriteAsync(stop);
        foreach (var id in await hints.TakeDueAsync(stop))
        {
            if (practices.Find(id) is { } practice)
            {
                pump.Lane(practice).Poke();
            }
        }
    }

    private async Task TidyAsync(BusPump pump, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var lane in pump.Lanes)
        {
            var lost = lane.HasLost(now - options.NodeDeadAfter);
            var purge = lane.PurgeAt <= now;
            if (!lost && !purge)
            {
                continue;
            }

            await using var lease = await lane.EnterAsync(stop);
            var connection = await lease.OpenAsync(stop);
            if (lost && await Inbox.ReleaseLostAsync(connection, node.NodeId, now - options.NodeDeadAfter, [.. lane.Held.Keys.Select(k => k.Id)], stop) > 0)
            {
                lane.Poke();
            }

            if (purge)
            {
                lane.PurgeAt = null;
                await Inbox.PurgeAsync(connection, now, stop);
            }
        }
    }

    /// <summary>
    /// Rows of hosts that died return to anybody, in every practice; then the host is forgotten. Dead is who holds no lock at two looks, one after
    /// the other, or was not heard of for long, which one that is paused is not either: should it go on, the row lock keeps it from what others did.
    /// </summary>
    private async Task TakeOverAsync(BusPump pump, bool atStart, CancellationToken stop)
    {
        var nodes = (await node.NodesAsync(stop)).Where(n => n.Id != node.NodeId).ToList();
        var dead = nodes.Where(n => (!n.Listens && (atStart || silent.Contains(n.Id))) || n.Silence > options.NodeDeadAfter).Select(n => n.Id).ToHashSet();
        silent = [.. nodes.Where(n => !n.Listens).Select(n => n.Id)];
        if (dead.Count == 0)
        {
            return;
        }

        int[] live = [node.NodeId, .. nodes.Select(n => n.Id).Except(dead)];
        var all = true;
        await Parallel.ForEachAsync(practices.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (practice, ct) =>
        {
            try
            {
                var (freed, atWork) = await ReleaseAsync(practice, live, ct);
                all &= !atWork;
                // Where there is a broker, the dead may also have left what was to be sent.
                if (freed > 0 || pump.Broker is not null)
                {
                    pump.Lane(practice).Poke();
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                all = false;
                log.LogWarning("Could not take over messages of practice {Practice}: {Exception}", practice.Row.Slug, e.GetType().Name);
            }
        });

        if (all)
        {
            await node.ForgetAllButAsync(live, stop);
        }
    }

    private static async Task<(int Freed, bool AtWork)> ReleaseAsync(Practice practice, int[] live, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        return await Inbox.ReleaseAsync(connection, live, ct);
    }

    private async Task GuardAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The loop outlives a database that is away for a while.
            log.LogWarning("The bus could not look after its practices: {Exception}", e.GetType().Name);
        }
    }
}
