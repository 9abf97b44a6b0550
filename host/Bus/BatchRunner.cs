using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>
/// Handles a batch in one transaction: each message in its own scope and savepoint, then what they published, then their handled marks,
/// then the commit. Whatever kills the process in between leaves nothing, or everything.
/// </summary>
public sealed class BatchRunner(IServiceProvider services, HandlerMap handlers, JobResults jobs, HandlerWatch watch, TimeProvider clock, BusOptions options)
{
    private const string Savepoint = "message";

    /// <param name="rows">What Wolverine delivered, the row of this delivery first.</param>
    /// <exception cref="HandlerFailedException">The message failed, alone in its transaction. One of several is delivered again, alone.</exception>
    public async Task RunAsync(PracticeLane lane, List<InboxRow> rows, int node, CancellationToken stop)
    {
        var batch = new Batch();
        await using (var lease = await lane.EnterAsync(stop))
        {
            var connection = await lease.OpenAsync(stop);
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(stop);
                var locked = await LockAsync(lane, connection, rows, node, stop);
                if (locked.Count == options.BatchRows && handlers.SequentialQueues.Contains(rows[0].Queue))
                {
                    batch.Beyond.AddRange(rows.Count > 1 ? rows.ExceptBy(locked.Select(r => r.Identity), r => r.Identity) : []);
                    batch.LimitReached = true;
                }

                await HandleAllAsync(lane, transaction, locked, batch, stop);
                await FinishAsync(lane, connection, batch, stop);
                await transaction.CommitAsync(stop);
            }
            catch (Exception e) when (!Failures.IsConnection(e, connection) && !stop.IsCancellationRequested)
            {
                FailWhole(lane, rows, e);
                return;
            }
        }

        Settle(lane, rows, batch);
        foreach (var (row, exception) in batch.Failed)
        {
            Fail(lane, row, exception, alone: rows.Count == 1 && row.Identity == rows[0].Identity);
        }
    }

    /// <summary>Rows of a sequential queue are the next ones of the keys, whoever was to handle them; those of others are what was delivered and is still this host's.</summary>
    private async Task<List<InboxRow>> LockAsync(PracticeLane lane, NpgsqlConnection connection, List<InboxRow> rows, int node, CancellationToken stop)
    {
        if (handlers.SequentialQueues.Contains(rows[0].Queue))
        {
            var next = await Inbox.LockKeysAsync(connection, lane.Practice.Id, rows[0].Queue, [.. rows.Select(r => r.Key ?? "").Distinct()], options.BatchRows, clock.GetUtcNow(), stop);
            // Memory knows of failures that the table was not told of yet.
            return [.. next.Select(row => row.ExecuteAt <= clock.GetUtcNow() ? lane.Held.GetValueOrDefault(row.Identity, row) : row)];
        }

        var mine = await Inbox.LockAsync(connection, rows, node, stop);
        return [.. rows.Where(r => mine.Contains(r.Identity))];
    }

    private async Task HandleAllAsync(PracticeLane lane, NpgsqlTransaction transaction, List<InboxRow> locked, Batch batch, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var heldUp = new HashSet<string>();
        var sequential = locked.Count > 0 && handlers.SequentialQueues.Contains(locked[0].Queue);
        foreach (var group in Groups(locked))
        {
            var row = group[0];
            if (batch.Done.Count > 0 && clock.GetElapsedTime(began) > options.BatchTime)
            {
                batch.Later.AddRange(group);
                continue;
            }

            if (sequential && (heldUp.Contains(row.Key ?? "") || row.ExecuteAt > clock.GetUtcNow() || row.RestsUntil > clock.GetUtcNow()))
            {
                heldUp.Add(row.Key ?? "");
                continue;
            }

            if (await HandleAsync(lane, transaction, group, batch, stop) is { } exception)
            {
                heldUp.Add(row.Key ?? "");
                // A list that failed says nothing about which row it was.
                if (group.Count > 1)
                {
                    group.ForEach(r => r.Alone = true);
                    batch.Later.AddRange(group);
                }
                else
                {
                    batch.Failed.Add((row, exception));
                }
            }
        }
    }

    /// <summary>Rows of a handler that takes lists go together, the others one by one.</summary>
    private IEnumerable<List<InboxRow>> Groups(List<InboxRow> rows) =>
        rows.GroupBy(r => handlers.Find(r.Queue, r.Alias) is { TakesList: true, Sequential: false } && r.Message is not Unreadable ? (r.Alias, Guid.Empty) : (r.Alias, r.Id))
            .Select(g => g.ToList());

    private async Task<Exception?> HandleAsync(PracticeLane lane, NpgsqlTransaction transaction, List<InboxRow> group, Batch batch, CancellationToken stop)
    {
        await transaction.SaveAsync(Savepoint, stop);
        try
        {
            var published = new List<OutgoingRow>();
            await using (var scope = Open(lane, group[0], published))
            {
                var work = scope.ServiceProvider.GetRequiredService<Work>();
                work.Join(transaction, Savepoint);
                await CallAsync(scope.ServiceProvider, lane, group, stop);
                batch.Effects.AddRange(await work.CompleteAsync(stop));
            }

            batch.Published.AddRange(published);
            batch.Done.AddRange(group);
            return null;
        }
        catch (Exception e) when (!Failures.IsConnection(e, transaction.Connection) && !stop.IsCancellationRequested)
        {
            await transaction.RollbackAsync(Savepoint, stop);
            return e;
        }
    }

    /// <summary>A scope that acts as the person who caused the message, with the rights of the module that handles it.</summary>
    public AsyncServiceScope Open(PracticeLane lane, InboxRow row, List<OutgoingRow>? shared)
    {
        var actor = new Actor { Name = row.ActorName, PersonId = row.ActorId, IsSystem = true, Module = row.Module == LoadedModule.CoreId ? null : row.Module };
        var scope = services.OpenScope(lane.Practice, actor, row.CorrelationId);
        scope.ServiceProvider.GetRequiredService<Outbox>().Enter(row.For(lane.Practice.Id), shared);
        return scope;
    }

    /// <summary>Runs the handler and publishes what it returned.</summary>
    public async Task CallAsync(IServiceProvider scope, PracticeLane lane, IReadOnlyList<InboxRow> group, CancellationToken stop)
    {
        var row = group[0];
        var messages = group.Select(r => r.Message ??= handlers.Read(r)).ToList();
        if (messages[0] is Unreadable unreadable)
        {
            throw new UnreadableMessageException(unreadable.Sentence, unreadable.Inner);
        }

        var handler = handlers.Find(row.Queue, row.Alias)!;
        using var running = watch.Begin(lane.Practice, row.Queue);
        var returned = await handler.Run(new(scope, handler.Argument(messages), row.For(lane.Practice.Id), clock.GetUtcNow(), stop));
        var outbox = scope.GetRequiredService<Outbox>();
        foreach (var message in Cascades.Of(returned))
        {
            outbox.Add(message.Message, message.Options);
        }
    }

    /// <summary>Counts the failure; alone it is Wolverine's to judge, one of several comes again alone.</summary>
    public static void Fail(PracticeLane lane, InboxRow row, Exception exception, bool alone)
    {
        row.Failures++;
        // The next attempt reads it anew.
        row.Message = null;
        if (alone)
        {
            throw new HandlerFailedException(exception, row.Failures);
        }

        row.Alone = true;
        lane.Requeue(row);
    }

    private async Task FinishAsync(PracticeLane lane, NpgsqlConnection connection, Batch batch, CancellationToken stop)
    {
        if (batch.Published.Count > 0)
        {
            batch.Written = await lane.WriteAsync(connection, batch.Published, stop);
        }

        if (batch.Done.Count > 0)
        {
            await Inbox.HandledAsync(connection, batch.Done, clock.GetUtcNow() + options.KeepHandled, stop);
            await jobs.DoneAsync(connection, batch.Done, stop);
        }
    }

    /// <summary>The transaction failed as a whole, at a deferred constraint for instance: one at a time finds out whose fault it was.</summary>
    private static void FailWhole(PracticeLane lane, List<InboxRow> rows, Exception exception)
    {
        if (rows.Count == 1)
        {
            Fail(lane, rows[0], exception, alone: true);
        }

        foreach (var row in rows)
        {
            row.Alone = true;
            lane.Requeue(row);
        }
    }

    private void Settle(PracticeLane lane, List<InboxRow> rows, Batch batch)
    {
        batch.Effects.ForEach(effect => effect());
        var open = batch.Failed.Select(f => f.Row.Identity).Concat(batch.Later.Select(r => r.Identity)).ToHashSet();
        // What is neither open nor handled was not this host's any more, or waits behind its key.
        lane.Done(rows.Concat(batch.Done).Where(r => !open.Contains(r.Identity)));
        if (batch.Written is { } written)
        {
            lane.Accept(written);
        }

        batch.Later.ForEach(lane.Requeue);
        if (batch.LimitReached)
        {
            // One of each key that has perhaps more: alone, so that a key which waits for a retry fills no batch of another.
            foreach (var row in batch.Beyond.Concat(batch.Done).GroupBy(r => r.Key).Select(key => key.Last()))
            {
                row.Alone = true;
                lane.Requeue(row);
            }
        }

        if (batch.Done.Count > 0)
        {
            lane.PurgeAt ??= clock.GetUtcNow() + options.KeepHandled;
        }
    }

    private sealed class Batch
    {
        public List<InboxRow> Done { get; } = [];
        public List<(InboxRow Row, Exception Exception)> Failed { get; } = [];
        public List<InboxRow> Later { get; } = [];
        public List<OutgoingRow> Published { get; } = [];
        public List<Action> Effects { get; } = [];
        public WrittenRows? Written { get; set; }

        /// <summary>Delivered, of a sequential queue, and behind as many others as a batch takes.</summary>
        public List<InboxRow> Beyond { get; } = [];

        public bool LimitReached { get; set; }
    }
}
