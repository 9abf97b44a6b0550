using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Modular.Sdk;

/// <summary>
/// The database side of one request or message: one connection, at most one transaction, shared by every
/// <see cref="ModuleDb"/> of the scope, the change log and the messages published.
/// </summary>
public interface IWork
{
    /// <summary>The scope's connection, for a slice that needs hand-written SQL. Closed until used; open it with <see cref="OpenAsync"/>.</summary>
    NpgsqlConnection Connection { get; }

    Task<NpgsqlConnection> OpenAsync(CancellationToken ct = default);

    /// <summary>Begins the transaction of this write, or joins the one already begun. Leaving the block without <see cref="IWrite.CommitAsync"/> rolls back.</summary>
    /// <param name="db">A context that takes part; it leaves the transaction again when the write ends.</param>
    Task<IWrite> BeginAsync(DbContext? db = null, CancellationToken ct = default);

    /// <summary>Runs an EF save inside the write and records what it changed. Called by <see cref="ModuleDb"/>.</summary>
    Task<int> SaveAsync(DbContext db, Func<CancellationToken, Task<int>> save, CancellationToken ct);

    /// <summary>
    /// Rows that were loaded past the context, by COPY for instance, inside this write: their search and task rows come with them, as
    /// they would with a save. They leave no entry each in the change log.
    /// </summary>
    void Loaded(IEnumerable<object> entities);

    /// <summary>
    /// Rows that were changed past the context, by SQL or <c>ExecuteUpdate</c>, as they are now: their search entries and tasks are written anew
    /// with this write. Nothing else follows: no version, no change log, no message.
    /// </summary>
    /// <example><code>
    /// await db.Referrals.Where(r =&gt; r.SentTo == old).ExecuteUpdateAsync(r =&gt; r.SetProperty(x =&gt; x.SentTo, name), ct);
    /// db.Work.Derive(await db.Referrals.AsNoTracking().Where(r =&gt; r.SentTo == name).ToListAsync(ct));
    /// </code></example>
    void Derive(IEnumerable<object> entities);

    /// <summary>Runs after the outermost commit, for effects in memory only (a live topic, a cache).</summary>
    void AfterCommit(Action effect);
}

public interface IWrite : IAsyncDisposable
{
    DbTransaction Transaction { get; }

    /// <summary>Writes the messages published so far and commits, when this is the outermost write; otherwise the outer one does.</summary>
    Task CommitAsync(CancellationToken ct = default);

    /// <summary>Waits for and holds a lock until the write ends: one writer at a time for a contended thing, such as a provider's day.</summary>
    /// <param name="resource">What is locked; hashed, so two names may rarely share a lock, which only costs waiting.</param>
    Task LockAsync(string resource, CancellationToken ct = default);

    /// <summary>Several at once, in one round trip and always in the same order, so that two writers wait for each other and never in a circle.</summary>
    Task LockAsync(IEnumerable<string> resources, CancellationToken ct = default);
}
