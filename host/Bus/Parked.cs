using Npgsql;

namespace Modular.Host.Bus;

/// <summary>Messages that wait although they are due: their module is off, or one before them in the same order is a dead letter.</summary>
public static class Parked
{
    public const string Columns = "id, status, owner_id, execution_time, attempts, body, message_type, received_at, keep_until, seq, module, key, bulk, filling";

    /// <summary>Two parts of a statement whose <c>dead</c> are dead letters that go away: what waited behind them follows, where its module is on.</summary>
    public const string FollowDead = $"""
        unparked as (
            delete from bus.parked p using dead d where p.received_at = d.received_at and p.key = d.key
                and exists (select from bus.subscriptions s where bus.address(s.queue) = p.received_at) returning p.*),
        follow as (
            insert into bus.wolverine_incoming_envelopes ({Columns})
            select id, 'Incoming', 0, execution_time, attempts, body, message_type, received_at, keep_until, seq, module, key, bulk, filling from unparked on conflict do nothing)
        """;

    private const string Park = $"insert into bus.parked ({Columns}) select {Columns} from gone on conflict do nothing";

    /// <summary>The module is turned off. Waits for a message that is being handled right now; the rest comes after the next filling.</summary>
    public static Task<int> ParkModuleAsync(NpgsqlConnection connection, string module, CancellationToken ct) => ExecuteAsync(connection, $"""
        with waiting as (select id, received_at from bus.wolverine_incoming_envelopes where module = $1 and status <> 'Handled' order by seq for update),
        gone as (
            delete from bus.wolverine_incoming_envelopes i using waiting w where i.id = w.id and i.received_at = w.received_at and i.status <> 'Handled' returning i.*)
        {Park}
        """, ct, module);

    /// <summary>The module is on, and filled: what waited for it is anybody's to handle.</summary>
    public static Task<int> ReleaseModuleAsync(NpgsqlConnection connection, string module, CancellationToken ct) => ExecuteAsync(connection, $"""
        with gone as (delete from bus.parked where module = $1 returning *)
        insert into bus.wolverine_incoming_envelopes ({Columns})
        select id, 'Incoming', 0, execution_time, attempts, body, message_type, received_at, keep_until, seq, module, key, bulk, filling from gone on conflict do nothing
        """, ct, module);

    /// <summary>Whether something that was replayed to fill the module was neither handled nor given up.</summary>
    public static async Task<bool> IsFillingAsync(NpgsqlConnection connection, string module, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from bus.wolverine_incoming_envelopes where module = $1 and status <> 'Handled' and filling)", connection)
        {
            Parameters = { new() { Value = module } },
        };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public static Task<int> ParkKeyAsync(NpgsqlConnection connection, string queue, string key) => ExecuteAsync(connection, $"""
        with gone as (delete from bus.wolverine_incoming_envelopes where received_at = $1 and key = $2 and status <> 'Handled' returning *) {Park}
        """, default, Addresses.Of(queue), key);

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return await command.ExecuteNonQueryAsync(ct);
    }
}
