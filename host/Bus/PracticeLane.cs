using System.Collections.Concurrent;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>
/// One practice's messages in this process: what of them Wolverine holds, which queues are at work, and when to look into the table again.
/// An idle lane has no task, no timer that is due and no connection.
/// </summary>
public sealed class PracticeLane(Practice practice, BusPump pump) : IDisposable
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, LaneQueue> queues = new();
    private readonly ConcurrentDictionary<List<InboxRow>, DateTimeOffset> unconfirmed = new();
    private readonly SemaphoreSlim connections = new(pump.Options.ConnectionsPerPractice);
    private (PracticeSnapshot Of, bool Held, string[] Queues)? known;
    private ITimer? alarm;
    private DateTimeOffset alarmAt = DateTimeOffset.MaxValue;
    private bool wantsClaim, claiming;
    private int bulkHeld;

    public Practice Practice => practice;

    /// <summary>Rows in Wolverine's memory or at work.</summary>
    public ConcurrentDictionary<(Guid Id, string Queue), InboxRow> Held { get; } = new();

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
                var working = pump.Handlers.All.Where(h => Subscriptions.Works(snapshot, h.Module) && !(held && h.IsHeldInCopies));
                known = k = (snapshot, held, [.. working.Select(h => h.Queue).Distinct()]);
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

    /// <summary>
    /// Writes rows in the publisher's transaction; they are this process's own while memory has room. A practice beyond its share waits
    /// in the table, so that its import does not stand before another's message in Wolverine's queue.
    /// </summary>
    public async Task<WrittenRows> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OutgoingRow> rows, CancellationToken ct)
    {
        var now = pump.Clock.GetUtcNow();
        var owner = Held.Count + rows.Count <= pump.Options.MemoryRows ? pump.NodeId : 0;
        var written = await OutgoingRow.WriteAsync(connection, rows, Queues, pump.Handlers.SequentialQueues, owner, practice.Id, now, ct);
        if (written.Mine.Count > 0)
        {
            Unsure(written.Mine);
        }

        written.Leaving = pump.Broker is { } broker ? await broker.Departures.WriteAsync(connection, rows, ct) : 0;
        return written;
    }

    /// <summary>The transaction of the rows is committed.</summary>
    public void Accept(WrittenRows written)
    {
        unconfirmed.TryRemove(written.Mine, out _);
        pump.Broker?.Left(this, written.Leaving);
        var now = pump.Clock.GetUtcNow();
        Enqueue(written.Mine);
        if (written.Due.Exists(due => due <= now))
        {
            Poke();
            pump.TellOthers(practice);
        }

        foreach (var due in written.Due.Where(due => due > now).Distinct())
        {
            NoteDue(due, hint: true);
        }
    }

    /// <summary>To Wolverine; a row that it has is not given twice.</summary>
    public void Enqueue(IEnumerable<InboxRow> rows) => pump.Deliver(this, [.. rows.Where(row => Held.TryAdd(row.Identity, row))]);

    /// <summary>Again, for a row that is still held.</summary>
    public void Requeue(InboxRow row)
    {
        Held.TryAdd(row.Identity, row);
        pump.Deliver(this, [row]);
    }

    /// <summary>Wolverine delivered a row: works on it and on what waits beside it, or leaves it to the batch that is at work on its queue.</summary>
    /// <exception cref="HandlerFailedException">This one failed, alone in its transaction: Wolverine's rules say what becomes of it.</exception>
    public async Task DeliveredAsync(InboxRow row)
    {
        var queue = queues.GetOrAdd(row.Queue, name => LaneQueue.For(name, pump.Handlers.All.FirstOrDefault(h => h.Queue == name)));
        List<InboxRow> rows;
        lock (gate)
        {
            if (!queue.MayStart || !MayStart(row, queue))
            {
                queue.Add(row);
                return;
            }

            queue.Busy++;
            rows = queue.Take(row, pump.Options);
        }

        try
        {
            await pump.HandleAsync(this, queue.External, rows);
        }
        finally
        {
            InboxRow? next;
            lock (gate)
            {
                queue.Busy--;
                next = Next(queue);
            }

            // Through Wolverine's queue, at its end: other practices have their turn between two batches of this one.
            pump.Deliver(this, next is null ? [] : [next]);
            Claim();
        }
    }

    /// <summary>There may be something of nobody's in the table.</summary>
    public void Poke()
    {
        Volatile.Write(ref wantsClaim, true);
        Claim();
    }

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

    /// <summary>Own rows that memory does not have: they are released after a while.</summary>
    public void Unsure(List<InboxRow> rows) => unconfirmed[rows] = pump.Clock.GetUtcNow();

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

    /// <summary>The next that waits for its queue. What another batch did meanwhile, as the next of its key, is not delivered again.</summary>
    private InboxRow? Next(LaneQueue queue)
    {
        InboxRow? next;
        do
        {
            next = queue.Next(Volatile.Read(ref bulkHeld) == 0 || queue.External);
        }
        while (next is not null && !Held.ContainsKey(next.Identity));
        return next;
    }

    private bool MayStart(InboxRow row, LaneQueue queue) => !row.Bulk || queue.External || Volatile.Read(ref bulkHeld) == 0;

    /// <summary>Looks into the table while memory is half empty. A process that is no node, such as an administrator's verb, only writes.</summary>
    private void Claim()
    {
        lock (gate)
        {
            if (!wantsClaim || claiming || pump.NodeId == 0 || pump.Stopping || Held.Count > pump.Options.MemoryRows / 2)
            {
                return;
            }

            (wantsClaim, claiming) = (false, true);
        }

        pump.Run(async () =>
        {
            try
            {
                await pump.ClaimAsync(this);
            }
            finally
            {
                lock (gate)
                {
                    claiming = false;
                }
            }

            Claim();
        });
    }

    private void ReleaseBulk()
    {
        if (Interlocked.Decrement(ref bulkHeld) == 0)
        {
            List<InboxRow> next;
            lock (gate)
            {
                next = [.. queues.Values.Where(q => q.MayStart).Select(Next).OfType<InboxRow>()];
            }

            pump.Deliver(this, next);
        }
    }

    private sealed class BulkHold(PracticeLane lane) : IDisposable
    {
        public void Dispose() => lane.ReleaseBulk();
    }
}
