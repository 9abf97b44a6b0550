using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Data;

/// <summary>
/// The database side of one request or message. Everything that must be true together goes through the one transaction here:
/// module rows, their change log, search and task rows, and the messages published (which <see cref="BeforeCommit"/> writes).
/// </summary>
public sealed class Work(ScopeContext scope, IEnumerable<IRowRecorder> recorders) : IWork, IAsyncDisposable
{
    private readonly List<DbContext> joined = [];
    private readonly List<Action<NpgsqlBatch>> rows = [];
    private readonly List<Func<NpgsqlConnection, CancellationToken, Task>> beforeCommit = [];
    private readonly List<Action> afterCommit = [];
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private string? savepoint;
    private bool writing;
    private bool disposed;

    public NpgsqlConnection Connection => connection ??= scope.Practice.Connection();

    /// <summary>Inside a write, or about to write something at the end of the request.</summary>
    public bool HasPending => rows.Count + beforeCommit.Count > 0;

    /// <summary>
    /// Works inside a transaction that several messages share; whoever began it commits.
    /// A write that is left without a commit rolls back to the savepoint, which is where this message began.
    /// </summary>
    public void Join(NpgsqlTransaction shared, string beganAt) => (connection, transaction, savepoint) = (shared.Connection, shared, beganAt);

    /// <summary>Runs the pending steps inside the shared transaction. Returns what to do in memory once it is committed.</summary>
    public async Task<IReadOnlyList<Action>> CompleteAsync(CancellationToken ct)
    {
        await RunStepsAsync(ct);
        Action[] effects = [.. afterCommit];
        afterCommit.Clear();
        return effects;
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct = default)
    {
        if (Connection.State != ConnectionState.Open)
        {
            await scope.Practice.OpenAsync(Connection, ct);
        }

        return Connection;
    }

    public async Task<IWrite> BeginAsync(DbContext? db = null, CancellationToken ct = default)
    {
        var outermost = !writing;
        writing = true;
        if (transaction is null)
        {
            await OpenAsync(ct);
            transaction = await Connection.BeginTransactionAsync(ct);
        }

        if (db is not null && !joined.Contains(db))
        {
            await db.Database.UseTransactionAsync(transaction, ct);
            joined.Add(db);
        }

        return new Write(this, outermost);
    }

    public async Task<int> SaveAsync(DbContext db, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        var saved = SavedRow.Collect(db);
        int count;
        try
        {
            count = await save(ct);
        }
        catch (Exception e) when (Deadlock.Is(e))
        {
            throw Deadlock.Told(e);
        }

        foreach (var recorder in saved.Count == 0 ? [] : recorders)
        {
            recorder.Record(saved, this);
        }

        return count;
    }

    public void Loaded(IEnumerable<object> entities) => Record(entities, EntityState.Added, r => r.Derives);

    public void Derive(IEnumerable<object> entities) => Record(entities, EntityState.Modified, r => r.Follows);

    private void Record(IEnumerable<object> entities, EntityState state, Func<IRowRecorder, bool> wanted)
    {
        SavedRow[] derived = [.. entities.Select(e => new SavedRow(e, "", "", state, []))];
        recorders.Where(wanted).ToList().ForEach(recorder => recorder.Record(derived, this));
    }

    /// <summary>Statements that belong into the outermost transaction: all of them go in one round trip, just before it commits.</summary>
    public void AddRows(Action<NpgsqlBatch> add) => rows.Add(add);

    /// <summary>One statement of the outermost transaction that has an answer, after the rows, just before it commits.</summary>
    public void BeforeCommit(Func<NpgsqlConnection, CancellationToken, Task> step) => beforeCommit.Add(step);

    public void AfterCommit(Action effect)
    {
        if (transaction is null && !HasPending)
        {
            effect();
        }
        else
        {
            afterCommit.Add(effect);
        }
    }

    /// <summary>Commits what was published or logged outside any write, such as the view of a page.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        if (transaction is not null || !HasPending)
        {
            return;
        }

        if (rows.Count > 0 ? beforeCommit.Count > 0 : beforeCommit.Count > 1)
        {
            await using var write = await BeginAsync(null, ct);
            await write.CommitAsync(ct);
            return;
        }

        // The view of a page and its entry in the access log, or one publish: one batch is a transaction of its own, in one round trip.
        await OpenAsync(ct);
        await RunStepsAsync(ct);
        RunEffects();
    }

    /// <summary>Grows when what was pending is gone, written or discarded: whoever gathers rows for the end of a write starts anew.</summary>
    public int Round { get; private set; }

    /// <summary>Grows when what was pending is thrown away: what was noted before is to be noted anew.</summary>
    public int Discarded { get; private set; }

    /// <summary>Forgets what was published: the request or message failed.</summary>
    public void Discard()
    {
        Round++;
        Discarded++;
        rows.Clear();
        beforeCommit.Clear();
        afterCommit.Clear();
    }

    private async Task RunStepsAsync(CancellationToken ct)
    {
        await WriteRowsAsync(ct);
        // A step may publish more; the list grows while it is walked.
        for (var i = 0; i < beforeCommit.Count; i++)
        {
            await beforeCommit[i](Connection, ct);
            await WriteRowsAsync(ct);
        }

        beforeCommit.Clear();
        Round++;
    }

    private async Task WriteRowsAsync(CancellationToken ct)
    {
        if (rows.Count > 0)
        {
            await using var batch = new NpgsqlBatch(Connection);
            rows.ForEach(add => add(batch));
            rows.Clear();
            if (batch.BatchCommands.Count > 0)
            {
                try
                {
                    await batch.ExecuteNonQueryAsync(ct);
                }
                catch (PostgresException e) when (Deadlock.Is(e))
                {
                    throw Deadlock.Told(e);
                }
            }
        }
    }

    private async Task CommitAsync(CancellationToken ct)
    {
        if (savepoint is not null)
        {
            writing = false;
            return;
        }

        await RunStepsAsync(ct);
        await transaction!.CommitAsync(ct);
        await EndAsync();
        RunEffects();
    }

    private void RunEffects()
    {
        Action[] effects = [.. afterCommit];
        afterCommit.Clear();
        Array.ForEach(effects, effect => effect());
    }

    private async Task EndAsync()
    {
        foreach (var db in joined)
        {
            await db.Database.UseTransactionAsync(null);
        }

        joined.Clear();
        writing = false;
        if (savepoint is null)
        {
            await transaction!.DisposeAsync();
            transaction = null;
            await Connection.CloseAsync();
        }
    }

    private async Task RollbackAsync()
    {
        Discard();
        if (savepoint is not null)
        {
            await transaction!.RollbackAsync(savepoint);
        }

        await EndAsync();
    }

    /// <remarks>Once: the container disposes an object for each service it is registered as, and Npgsql uses one transaction object per connection again and again.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        // The scope disposed the contexts before; there is nothing left to take out of the transaction.
        joined.Clear();
        if (transaction is not null)
        {
            await EndAsync();
        }

        if (connection is not null && savepoint is null)
        {
            await connection.DisposeAsync();
        }
    }

    private sealed class Write(Work work, bool outermost) : IWrite
    {
        private readonly NpgsqlTransaction mine = work.transaction!;

        public DbTransaction Transaction => mine;

        public Task CommitAsync(CancellationToken ct = default) => outermost ? work.CommitAsync(ct) : Task.CompletedTask;

        public Task LockAsync(string resource, CancellationToken ct = default) => LockAsync([resource], ct);

        public async Task LockAsync(IEnumerable<string> resources, CancellationToken ct = default)
        {
            // One statement each: the next is asked for when the one before is held.
            await using var batch = new NpgsqlBatch(work.Connection, mine);
            foreach (var resource in resources.Distinct().Order(StringComparer.Ordinal))
            {
                batch.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended($1, 0))") { Parameters = { new() { Value = resource } } });
            }

            await batch.ExecuteNonQueryAsync(ct);
        }

        public async ValueTask DisposeAsync()
        {
            // A commit that failed ends here too: its transaction is still the work's.
            if (outermost && work.writing && ReferenceEquals(work.transaction, mine))
            {
                await work.RollbackAsync();
            }
        }
    }
}
