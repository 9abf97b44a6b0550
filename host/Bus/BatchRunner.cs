using System.Text.Json;
using Modular.Host.Data;
using Modular.Host.Modules;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>
/// Handles a batch in one transaction: each message in its own scope and savepoint, then what they published, then their handled marks,
/// then the commit. Whatever kills the process in between leaves nothing, or everything.
/// </summary>
public sealed class BatchRunner(IServiceProvider services, HandlerMap handlers, Failures failures, HandlerWatch watch, TimeProvider clock, BusOptions options)
{
    private const string Savepoint = "message";

    public async Task RunAsync(PracticeLane lane, LaneQueue queue, List<InboxRow> rows, int node, CancellationToken stop)
    {
        var batch = new Batch();
        await using (var lease = await lane.EnterAsync(stop))
        {
            var connection = await lease.OpenAsync(stop);
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(stop);
                var locked = await LockAsync(connection, queue, rows, node, stop);
                batch.LimitReached = queue.Sequential && locked.Count == options.BatchRows;
                await HandleAllAsync(lane, transaction, locked, batch, stop);
                await FinishAsync(lane, connection, batch, stop);
                await transaction.CommitAsync(stop);
            }
            catch (Exception e) when (!Failures.IsConnection(e, connection))
            {
                await FailWholeAsync(lane, lease, rows, e, stop);
                return;
            }

            // Memory first: the connection may break before the failures are written, and what is committed must go on.
            Settle(lane, rows, batch);
            foreach (var failed in batch.Failed)
            {
                await failures.FailAsync(lane, lease, failed.Row, failed.Exception, stop);
            }
        }
    }

    private async Task<List<InboxRow>> LockAsync(NpgsqlConnection connection, LaneQueue queue, List<InboxRow> rows, int node, CancellationToken stop)
    {
        if (queue.Sequential)
        {
            return await Inbox.LockKeysAsync(connection, queue.Name, [.. rows.Select(r => r.Key ?? "").Distinct()], options.BatchRows, clock.GetUtcNow(), stop);
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
            if (batch.Done.Count > 0 && clock.GetElapsedTime(began) > options.BatchTime)
            {
                batch.Later.AddRange(group);
                continue;
            }

            var row = group[0] with { Attempts = Math.Max(group[0].Attempts, lane.Held.GetValueOrDefault(group[0].Identity)) };
            if (sequential && (heldUp.Contains(row.Key ?? "") || row.ExecuteAt > clock.GetUtcNow()))
            {
                heldUp.Add(row.Key ?? "");
                continue;
            }

            if (await HandleAsync(lane, transaction, row, group, batch, stop) is { } exception)
            {
                heldUp.Add(row.Key ?? "");
                // A list that failed says nothing about which row it was.
                if (group.Count > 1)
                {
                    batch.Later.AddRange(group.Select(r => r with { Alone = true }));
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
        rows.GroupBy(r => handlers.Find(r.Queue, r.Alias) is { TakesList: true, Sequential: false } ? (r.Alias, Guid.Empty) : (r.Alias, r.Id)).Select(g => g.ToList());

    private async Task<Exception?> HandleAsync(PracticeLane lane, NpgsqlTransaction transaction, InboxRow row, List<InboxRow> group, Batch batch, CancellationToken stop)
    {
        await transaction.SaveAsync(Savepoint, stop);
        try
        {
            var published = new List<OutgoingRow>();
            await using (var scope = Open(lane, row, published))
            {
                var work = scope.ServiceProvider.GetRequiredService<Work>();
                work.Join(transaction, Savepoint);
                await CallAsync(scope.ServiceProvider, lane, row, group, stop);
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
        scope.ServiceProvider.GetRequiredService<Outbox>().Enter(row.Envelope(lane.Practice.Id), shared);
        return scope;
    }

    /// <summary>Reads the bodies, runs the handler and publishes what it returned.</summary>
    public async Task CallAsync(IServiceProvider scope, PracticeLane lane, InboxRow row, IReadOnlyList<InboxRow> group, CancellationToken stop)
    {
        var handler = handlers.Find(row.Queue, row.Alias) ?? throw new UnreadableMessageException($"No handler of {row.Queue} takes {row.Alias}.", null);
        var messages = group.Select(r => Read(r, handler.MessageType)).ToList();
        using var running = watch.Begin(lane.Practice, row.Queue);
        var returned = await handler.Run(new(scope, handler.Argument(messages), row.Envelope(lane.Practice.Id), clock.GetUtcNow(), stop));
        var outbox = scope.GetRequiredService<Outbox>();
        foreach (var message in Cascades.Of(returned))
        {
            outbox.Add(message.Message, message.Options);
        }
    }

    private static object Read(InboxRow row, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Body, type, MessageNames.Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new UnreadableMessageException($"The body is no {row.Alias}.", e);
        }
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
            await failures.JobsDoneAsync(connection, batch.Done, stop);
        }
    }

    /// <summary>The transaction failed as a whole, at a deferred constraint for instance: one at a time finds out whose fault it was.</summary>
    private async Task FailWholeAsync(PracticeLane lane, Lease lease, List<InboxRow> rows, Exception exception, CancellationToken stop)
    {
        if (rows.Count == 1)
        {
            await failures.FailAsync(lane, lease, rows[0] with { Attempts = Math.Max(rows[0].Attempts, lane.Held.GetValueOrDefault(rows[0].Identity)) }, exception, stop);
            return;
        }

        rows.ForEach(row => lane.Requeue(row with { Alone = true }));
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
            lane.Requeue(rows[^1]);
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
        public bool LimitReached { get; set; }
    }
}

/// <summary>No retry helps: the message is unknown here or its body is not what the alias promises.</summary>
public sealed class UnreadableMessageException(string sentence, Exception? inner) : Exception(sentence, inner);
