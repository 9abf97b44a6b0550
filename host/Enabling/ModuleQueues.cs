using Modular.Host.Bus;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Enabling;

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
        await Parked.ParkModuleAsync(connection, module, ct);
    }

    /// <summary>What was put away is for anybody again.</summary>
    public static Task UnparkAsync(NpgsqlConnection connection, string module, CancellationToken ct) =>
        Parked.ReleaseModuleAsync(connection, module, ct);

    /// <summary>Whether something replayed for the module is neither handled nor a dead letter yet.</summary>
    public static Task<bool> IsFillingAsync(NpgsqlConnection connection, string module, CancellationToken ct) => Parked.IsFillingAsync(connection, module, ct);
}
