using Npgsql;

namespace Modular.Host.Bus;

/// <summary>Messages that could not be handled: kept with their exception until somebody replays or discards them.</summary>
public static class DeadLetters
{
    private const string Carried =
        "id, queue, seq, module, alias, key, attempts, bulk, body, actor_id, actor, correlation_id, causation_id, occurred_at, received_at, headers";

    /// <summary>Moves the row out of the inbox; the rows behind it in the same order are parked.</summary>
    /// <param name="parksKey">The queue promises an order.</param>
    public static async Task AddAsync(NpgsqlConnection connection, InboxRow row, bool parksKey, string exception, string reason, string detail, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new($"""
            with dead as (delete from bus.inbox where id = $1 and queue = $2 and status in ('incoming', 'scheduled') returning *)
            insert into bus.dead_letters ({Carried}, exception, reason, detail, died_at)
            select {Carried.Replace("attempts", "$3", StringComparison.Ordinal)}, $4, $5, $6, $7 from dead
            on conflict do nothing
            """)
        {
            Parameters =
            {
                new() { Value = row.Id }, new() { Value = row.Queue }, new() { Value = row.Attempts }, new() { Value = exception },
                new() { Value = reason }, new() { Value = detail }, new() { Value = now },
            },
        });
        if (parksKey)
        {
            batch.BatchCommands.Add(new("update bus.inbox set status = 'parked', owner_node = 0 where queue = $1 and key = $2 and status in ('incoming', 'scheduled')")
            {
                Parameters = { new() { Value = row.Queue }, new() { Value = row.Key ?? "" } },
            });
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Back into the inbox at its old place; what was parked behind it follows.</summary>
    public static async Task<int> ReplayAsync(NpgsqlConnection connection, Guid[] letters, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with dead as (
                delete from bus.dead_letters where letter_id = any($1) returning *),
            follow as (
                update bus.inbox i set status = 'incoming', owner_node = 0 from dead d
                where i.queue = d.queue and i.key = d.key and i.status = 'parked')
            insert into bus.inbox ({Carried}, status, owner_node, execute_at)
            select {Carried.Replace("attempts", "0", StringComparison.Ordinal)},
                case when exists (select from bus.subscriptions s where s.queue = dead.queue) then 'incoming' else 'parked' end, 0, $2 from dead
            on conflict (id, queue) do nothing
            """, connection)
        {
            Parameters = { new() { Value = letters }, new() { Value = now } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<int> DiscardAsync(NpgsqlConnection connection, Guid[] letters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            with dead as (
                delete from bus.dead_letters where letter_id = any($1) returning *),
            follow as (
                update bus.inbox i set status = 'incoming', owner_node = 0 from dead d
                where i.queue = d.queue and i.key = d.key and i.status = 'parked')
            select count(*)::int from dead
            """, connection)
        {
            Parameters = { new() { Value = letters } },
        };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
