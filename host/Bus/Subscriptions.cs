using Modular.Host.Installed;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>Keeps the subscription rows of a practice equal to what its enabled modules handle.</summary>
public static class Subscriptions
{
    /// <summary>Whether the module's handlers run here: enabled, or on its way to it, and migrated.</summary>
    public static bool Works(PracticeSnapshot snapshot, string module) =>
        module == LoadedModule.CoreId
        || snapshot.ModuleStates.GetValueOrDefault(module) is "on" or "filling" or "subscribing" && !snapshot.Failed.ContainsKey(module);

    /// <summary>
    /// Adds what is missing. Rows of queues that this version does not know stay: an older host beside a newer one must not
    /// unsubscribe it; <see cref="RemoveUnknownAsync"/> does when this host is alone.
    /// </summary>
    public static async Task AddMissingAsync(Practice practice, HandlerMap handlers, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        var there = await ReadAsync(connection, ct);
        var missing = handlers.All.Where(h => Works(practice.Snapshot, h.Module) && !there.Contains((h.Queue, h.Alias))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await AddAsync(connection, missing, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// Subscribes inside the caller's transaction. The lock waits for every publisher that read the old rows, so that after this commit
    /// every fact is either visible to a snapshot query or comes as a message.
    /// </summary>
    public static async Task AddAsync(NpgsqlConnection connection, IEnumerable<Handler> handlers, CancellationToken ct)
    {
        var list = handlers.ToList();
        await LockAsync(connection, ct);
        await using var insert = new NpgsqlCommand(
            "insert into bus.subscriptions (queue, alias, module) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing", connection)
        {
            Parameters =
            {
                new() { Value = list.Select(h => h.Queue).ToArray() },
                new() { Value = list.Select(h => h.Alias).ToArray() },
                new() { Value = list.Select(h => h.Module).ToArray() },
            },
        };
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>No publisher is between reading its subscribers and committing until the caller's transaction ends.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("set local lock_timeout = '20s'; lock table bus.subscriptions in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Removes subscriptions of installed modules whose handlers are gone from the code.</summary>
    public static async Task RemoveUnknownAsync(NpgsqlConnection connection, HandlerMap handlers, string[] modules, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            delete from bus.subscriptions where module = any($1)
                and not exists (select from unnest($2::text[], $3::text[]) as k (queue, alias) where k.queue = subscriptions.queue and k.alias = subscriptions.alias)
            """, connection)
        {
            Parameters =
            {
                new() { Value = modules },
                new() { Value = handlers.All.Select(h => h.Queue).ToArray() },
                new() { Value = handlers.All.Select(h => h.Alias).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<HashSet<(string, string)>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select queue, alias from bus.subscriptions", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new HashSet<(string, string)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }
}
