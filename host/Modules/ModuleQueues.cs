using Modular.Host.Bus;
using Modular.Host.Data;
using Npgsql;

namespace Modular.Host.Modules;

/// <summary>What enabling asks of the bus's tables, and nothing else of it does.</summary>
public static class ModuleQueues
{
    /// <summary>From the caller's commit on, every fact is either visible to a snapshot query or comes as a message.</summary>
    public static Task SubscribeAsync(NpgsqlConnection connection, HandlerMap handlers, string module, CancellationToken ct) =>
        Subscriptions.AddAsync(connection, handlers.All.Where(h => h.Module == module), ct);

    /// <summary>From the caller's commit on, nothing is written down for the module any more: no publisher is in between.</summary>
    public static async Task UnsubscribeAsync(NpgsqlConnection connection, string module, CancellationToken ct)
    {
        await Subscriptions.LockAsync(connection, ct);
        await connection.ExecuteAsync("delete from bus.subscriptions where module = $1", [module], ct);
    }

    /// <summary>
    /// Puts away what is still queued, after whatever is being handled right now. Not in the transaction that unsubscribes: a handler that is
    /// waited for here must be able to publish.
    /// </summary>
    /// <exception cref="PostgresException">Lock not available: a message is being handled for longer than five seconds.</exception>
    public static async Task ParkAsync(NpgsqlConnection connection, string module, CancellationToken ct)
    {
        await connection.ExecuteAsync("set local lock_timeout = '5s'", [], ct);
        await connection.ExecuteAsync("""
            with waiting as (
                select id, queue from bus.inbox where module = $1 and status in ('incoming', 'scheduled') order by seq for update)
            update bus.inbox i set status = 'parked', owner_node = 0 from waiting w
            where i.id = w.id and i.queue = w.queue and i.status in ('incoming', 'scheduled')
            """, [module], ct);
    }

    /// <summary>What was put away is for anybody again.</summary>
    public static Task UnparkAsync(NpgsqlConnection connection, string module, CancellationToken ct) =>
        connection.ExecuteAsync("update bus.inbox set status = 'incoming' where module = $1 and status = 'parked'", [module], ct);

    /// <summary>Whether something replayed for the module is neither handled nor a dead letter yet.</summary>
    public static async Task<bool> IsFillingAsync(NpgsqlConnection connection, string module, CancellationToken ct)
    {
        await using var command = connection.Command("""
            select exists (select from bus.inbox where module = $1 and status in ('incoming', 'scheduled') and (headers->>'filling')::boolean)
            """, module);
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
