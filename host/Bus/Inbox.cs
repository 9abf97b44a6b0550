using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Bus;

/// <summary>The statements on the inbox, each one round trip.</summary>
public static class Inbox
{
    /// <summary>Locks the rows that are still this host's to handle; the others were handled, parked or given to somebody else.</summary>
    public static async Task<HashSet<(Guid, string)>> LockAsync(NpgsqlConnection connection, IReadOnlyList<InboxRow> rows, int node, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select id, queue from bus.inbox
            where (id, queue) in (select * from unnest($1::uuid[], $2::text[])) and status = 'incoming' and owner_node = $3
            order by seq for update
            """, connection);
        AddIdentities(command, rows);
        command.Parameters.Add(new() { Value = node });
        var locked = new HashSet<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            locked.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return locked;
    }

    /// <summary>
    /// Takes the keys of a sequential queue and their next rows in order, whichever host owns them: whoever holds the key handles on.
    /// A row that waits for its retry holds up its key; a dead letter parks it.
    /// </summary>
    public static async Task<List<InboxRow>> LockKeysAsync(NpgsqlConnection connection, string queue, string[] keys, int take, DateTimeOffset now, CancellationToken ct)
    {
        await using (var locks = new NpgsqlBatch(connection))
        {
            foreach (var key in keys.Order(StringComparer.Ordinal))
            {
                locks.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended($1, 42))") { Parameters = { new() { Value = $"{queue} {key}" } } });
            }

            locks.BatchCommands.Add(new("""
                update bus.inbox i set status = 'parked', owner_node = 0 where queue = $1 and key = any($2) and status in ('incoming', 'scheduled')
                    and exists (select from bus.dead_letters d where d.queue = i.queue and d.key = i.key)
                """) { Parameters = { new() { Value = queue }, new() { Value = keys } } });
            await locks.ExecuteNonQueryAsync(ct);
        }

        await using var command = new NpgsqlCommand($"""
            select {InboxRow.Columns} from bus.inbox
            where queue = $1 and key = any($2) and (status = 'incoming' or status = 'scheduled' and (attempts > 0 or execute_at <= $3))
            order by seq limit $4 for update
            """, connection)
        {
            Parameters = { new() { Value = queue }, new() { Value = keys }, new() { Value = now }, new() { Value = take } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await InboxRow.ReadAllAsync(reader, ct);
    }

    /// <summary>Marks rows handled if they still wait. Returns how many did.</summary>
    public static async Task<int> HandledAsync(NpgsqlConnection connection, IReadOnlyList<InboxRow> rows, DateTimeOffset keepUntil, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update bus.inbox set status = 'handled', owner_node = 0, keep_until = $3
            where (id, queue) in (select * from unnest($1::uuid[], $2::text[])) and status in ('incoming', 'scheduled')
            """, connection);
        AddIdentities(command, rows);
        command.Parameters.Add(new() { Value = keepUntil });
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes over rows that belong to nobody and are due, live ones first.</summary>
    public static async Task<List<InboxRow>> ClaimAsync(NpgsqlConnection connection, string[] queues, int node, int take, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with due as (
                select id as due_id, queue as due_queue from bus.inbox
                where owner_node = 0 and status in ('incoming', 'scheduled') and execute_at <= $1 and queue = any($2)
                order by bulk, execute_at, seq limit $3 for update skip locked)
            update bus.inbox i set owner_node = $4, status = 'incoming' from due where i.id = due_id and i.queue = due_queue
            returning {InboxRow.Columns}
            """, connection)
        {
            Parameters = { new() { Value = now }, new() { Value = queues }, new() { Value = take }, new() { Value = node } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = await InboxRow.ReadAllAsync(reader, ct);
        rows.Sort((a, b) => a.Seq.CompareTo(b.Seq));
        return rows;
    }

    /// <summary>The next instant something of nobody's is due.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(NpgsqlConnection connection, string[] queues, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select min(execute_at) from bus.inbox where owner_node = 0 and status in ('incoming', 'scheduled') and queue = any($1)", connection)
        {
            Parameters = { new() { Value = queues } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && !reader.IsDBNull(0) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    /// <summary>Puts a failed row away until its next attempt.</summary>
    public static async Task<bool> ScheduleAsync(NpgsqlConnection connection, InboxRow row, DateTimeOffset when, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update bus.inbox set status = 'scheduled', owner_node = 0, attempts = $3, execute_at = $4
            where id = $1 and queue = $2 and status in ('incoming', 'scheduled')
            """, connection)
        {
            Parameters = { new() { Value = row.Id }, new() { Value = row.Queue }, new() { Value = row.Attempts }, new() { Value = when } },
        };
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Gives the rows of all hosts but these back to anybody.</summary>
    public static async Task<int> ReleaseAsync(NpgsqlConnection connection, int[] live, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update bus.inbox set owner_node = 0 where owner_node <> 0 and owner_node <> all($1) and status = 'incoming'", connection)
        {
            Parameters = { new() { Value = live } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives back own rows that memory does not know: their commit succeeded although the connection broke before saying so.</summary>
    public static async Task<int> ReleaseLostAsync(NpgsqlConnection connection, int node, DateTimeOffset before, Guid[] held, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update bus.inbox set owner_node = 0
            where owner_node = $1 and status = 'incoming' and received_at < $2 and not (id = any($3))
            """, connection)
        {
            Parameters = { new() { Value = node }, new() { Value = before }, new() { Value = held } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Deletes handled rows whose time is over, a thousand at a time.</summary>
    public static async Task PurgeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        int deleted;
        do
        {
            await using var command = new NpgsqlCommand("""
                delete from bus.inbox where ctid = any(array(
                    select ctid from bus.inbox where status = 'handled' and keep_until < $1 limit 1000 for update skip locked))
                """, connection) { Parameters = { new() { Value = now } } };
            deleted = await command.ExecuteNonQueryAsync(ct);
        }
        while (deleted == 1000);
    }

    private static void AddIdentities(NpgsqlCommand command, IReadOnlyList<InboxRow> rows)
    {
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = rows.Select(r => r.Id).ToArray() });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = rows.Select(r => r.Queue).ToArray() });
    }
}
