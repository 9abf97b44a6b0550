using System.Collections.Concurrent;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>
/// One practice's messages in this process: what waits in memory, who works on it, and when to look into the table again.
/// An idle lane has no task, no timer that is due and no connection.
/// </summary>
public sealed class PracticeLane(Practice practice, BusPump pump) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LaneQueue> queues = [];
    private readonly ConcurrentDictionary<List<InboxRow>, DateTimeOffset> unconfirmed = new();
    private readonly SemaphoreSlim connections = new(pump.Options.ConnectionsPerPractice);
    private (PracticeSnapshot Of, bool Held, string[] Queues)? known;
    private ITimer? alarm;
    private DateTimeOffset alarmAt = DateTimeOffset.MaxValue;
    private bool wantsClaim;
    private bool claiming;
    private int bulkHeld;
    private int workers;
    private int turn;

    public Practice Practice => practice;

    /// <summary>Rows in memory or at work, with the failures of each so far.</summary>
    public ConcurrentDictionary<(Guid Id, string Queue), int> Held { get; } = new();

    /// <summary>When handled rows can be deleted; null when there are none of this process.</summary>
    public DateTimeOffset? PurgeAt { get; set; }

    /// <summary>
    /// Queues of this process whose module is on here and migrated; the others' rows wait. A restored copy calls nobody outside
    /// and runs no jobs until it is released.
    /// </summary>
    public string[] Queues
    {
        get
        {
            var (snapshot, held) = (practice.Snapshot, practice.Row.OutboundHeld);
            if (known is not { } k || !ReferenceEquals(k.Of, snapshot) || k.Held != held)
            {
                known = k = (snapshot, held, [.. pump.Handlers.All
                    .Where(h => Subscriptions.Works(snapshot, h.Module) && !(held && h.IsHeldInCopies))
                    .Select(h => h.Queue).Distinct()]);
            }

            return k.Queues;
        }
    }

    /// <summary>A place in the bus's share of connections, of this practice and of the process.</summary>
    public async Task<Lease> EnterAsync(CancellationToken ct)
    {
        await connections.WaitAsync(ct);
        try
        {
            await pump.Connections.WaitAsync(ct);
        }
        catch
        {
            connections.Release();
            throw;
        }

        return new(practice, connections, pump.Connections);
    }

    /// <summary>Writes rows in the publisher's transaction; they are this process's own while memory has room.</summary>
    public async Task<WrittenRows> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OutgoingRow> rows, CancellationToken ct)
    {
        var now = pump.Clock.GetUtcNow();
        var owner = Held.Count + rows.Count <= pump.Options.MemoryRows ? pump.NodeId : 0;
        var written = await OutgoingRow.WriteAsync(connection, rows, Queues, pump.Handlers.SequentialQueues, owner, now, ct);
        if (written.Mine.Count > 0)
        {
            unconfirmed[written.Mine] = now;
        }

        return written;
    }

    /// <summary>The transaction of the rows is committed.</summary>
    public void Accept(WrittenRows written)
    {
        unconfirmed.TryRemove(written.Mine, out _);
        var now = pump.Clock.GetUtcNow();
        var overflow = written.Due.Exists(due => due <= now);
        Enqueue(written.Mine, claim: overflow);
        if (overflow)
        {
            pump.TellOthers(practice);
        }

        foreach (var due in written.Due.Where(due => due > now).Distinct())
        {
            NoteDue(due, hint: true);
        }
    }

    /// <summary>Into memory; a row already there is not added twice.</summary>
    public void Enqueue(IReadOnlyList<InboxRow> rows, bool claim = false)
    {
        lock (gate)
        {
            foreach (var row in rows)
            {
                if (Held.TryAdd(row.Identity, row.Attempts))
                {
                    Queue(row).Add(row);
                }
            }

            wantsClaim |= claim;
        }

        Wake();
    }

    /// <summary>Again, for a row that is still held.</summary>
    public void Requeue(InboxRow row)
    {
        lock (gate)
        {
            Queue(row).Add(row);
        }

        Wake();
    }

    /// <summary>There may be something of nobody's in the table.</summary>
    public void Poke() => Enqueue([], claim: true);

    /// <param name="hint">Whether the other hosts should know, in case this one is gone by then.</param>
    public void NoteDue(DateTimeOffset due, bool hint)
    {
        if (hint)
        {
            pump.Hint(practice.Id, due);
        }

        lock (gate)
        {
            if (due >= alarmAt)
            {
                return;
            }

            alarmAt = due;
            var wait = due - pump.Clock.GetUtcNow();
            alarm ??= pump.Clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // Timers end at 49 days; a later one is set again when this one rings.
            alarm.Change(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, TimeSpan.FromDays(40).Ticks)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Own rows whose commit was never confirmed, for longer than a write takes.</summary>
    public bool HasLost(DateTimeOffset before)
    {
        var lost = unconfirmed.Where(u => u.Value < before).Select(u => u.Key).ToList();
        lost.ForEach(rows => unconfirmed.TryRemove(rows, out _));
        return lost.Count > 0;
    }

    /// <summary>
    /// Until disposed, bulk rows of this practice wait: a long piece of work that publishes them by the thousand, such as an import,
    /// would share its processors and its disk with them. Calls to the outside, which an import's own steps are, go on.
    /// </summary>
    public IDisposable HoldBulk()
    {
        Interlocked.Increment(ref bulkHeld);
        return new BulkHold(this);
    }

    public void Done(IEnumerable<InboxRow> rows)
    {
        foreach (var row in rows)
        {
            Held.TryRemove(row.Identity, out _);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            alarm?.Dispose();
            alarmAt = DateTimeOffset.MinValue;
        }

        connections.Dispose();
    }

    private void Ring()
    {
        lock (gate)
        {
            alarmAt = DateTimeOffset.MaxValue;
        }

        Poke();
    }

    private LaneQueue Queue(InboxRow row)
    {
        if (!queues.TryGetValue(row.Queue, out var queue))
        {
            var handler = pump.Handlers.All.FirstOrDefault(h => h.Queue == row.Queue);
            queues[row.Queue] = queue = new(row.Queue, handler?.External ?? false, handler?.Sequential ?? false, handler is { TakesList: true, Sequential: false });
        }

        return queue;
    }

    /// <summary>Starts as many workers as there is work for. A process that is no node, such as an administrator's verb, only writes: what it published is a host's to handle.</summary>
    private void Wake()
    {
        while (pump.NodeId != 0)
        {
            LanePiece piece;
            lock (gate)
            {
                if (pump.Stopping || workers >= pump.Options.ConnectionsPerPractice + 4 || Take() is not { } taken)
                {
                    return;
                }

                piece = taken;
                workers++;
            }

            pump.Run(() => WorkAsync(piece));
        }
    }

    private async Task WorkAsync(LanePiece? piece)
    {
        while (piece is not null)
        {
            await pump.HandleAsync(this, piece);
            lock (gate)
            {
                if (piece.Queue is { } queue)
                {
                    queue.Busy--;
                }
                else
                {
                    claiming = false;
                }

                piece = pump.Stopping ? null : Take();
                if (piece is null)
                {
                    workers--;
                }
            }
        }
    }

    /// <summary>The next piece of work: the table when memory is half empty, live queues in turn, bulk when nothing live waits.</summary>
    private LanePiece? Take()
    {
        if (wantsClaim && !claiming && Held.Count <= pump.Options.MemoryRows / 2)
        {
            wantsClaim = false;
            claiming = true;
            return new(null, []);
        }

        var all = queues.Values.ToList();
        foreach (var bulk in (bool[])[false, true])
        {
            for (var i = 0; i < all.Count; i++)
            {
                var queue = all[(turn + i) % all.Count];
                if (queue.MayStart && queue.Has(bulk) && (!bulk || queue.External || Volatile.Read(ref bulkHeld) == 0))
                {
                    turn = (turn + i + 1) % all.Count;
                    queue.Busy++;
                    return new(queue, queue.Take(bulk, queue.TakesList ? pump.Options.ListRows : pump.Options.BatchRows));
                }
            }
        }

        return null;
    }

    private sealed class BulkHold(PracticeLane lane) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref lane.bulkHeld);
            lane.Wake();
        }
    }
}
