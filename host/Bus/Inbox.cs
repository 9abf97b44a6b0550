using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Bus;

/// <summary>The statements on Wolverine's table of incoming messages, each one round trip.</summary>
public static class Inbox
{
    /// <summary>Locks the rows that are still this host's to handle; the others were handled, parked or given to somebody else.</summary>
    public static async Task<HashSet<(Guid, string)>> LockAsync(NpgsqlConnection connection, IReadOnlyList<InboxRow> rows, int node, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select id, received_at from bus.wolverine_incoming_envelopes
            where (id, received_at) in (select * from unnest($1::uuid[], $2::text[])) and status = 'Incoming' and owner_id = $3
            order by seq for update
            """, connection);
        AddIdentities(command, rows);
        command.Parameters.Add(new() { Value = node });
        var locked = new HashSet<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            locked.Add((reader.GetGuid(0), Addresses.Queue(reader.GetString(1))));
        }

        return locked;
    }

    /// <summary>
    /// Takes the keys of a sequential queue and their next rows in order, whichever host owns them: whoever holds the key handles on.
    /// A row that waits for its retry holds up its key; a dead letter parks it.
    /// </summary>
    public static async Task<List<InboxRow>> LockKeysAsync(NpgsqlConnection connection, Guid practice, string queue, string[] keys, int take, DateTimeOffset now, CancellationToken ct)
    {
        await using (var locks = new NpgsqlBatch(connection))
        {
            foreach (var key in keys.Order(StringComparer.Ordinal))
            {
                locks.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended($1, 42))") { Parameters = { new() { Value = $"{queue} {key}" } } });
            }

            locks.BatchCommands.Add(new("""
                with gone as (
                    delete from bus.wolverine_incoming_envelopes i where received_at = $1 and key = any($2) and status <> 'Handled'
                        and exists (select from bus.wolverine_dead_letters d where d.received_at = i.received_at and d.key = i.key) returning *)
                insert into bus.parked select * from gone on conflict do nothing
                """) { Parameters = { new() { Value = Addresses.Of(queue) }, new() { Value = keys } } });
            await locks.ExecuteNonQueryAsync(ct);
        }

        await using var command = new NpgsqlCommand($"""
            select {InboxRow.Columns} from bus.wolverine_incoming_envelopes
            where received_at = $1 and key = any($2) and (status = 'Incoming' or status = 'Scheduled' and (attempts > 0 or execution_time <= $3))
            order by seq limit $4 for update
            """, connection)
        {
            Parameters = { new() { Value = Addresses.Of(queue) }, new() { Value = keys }, new() { Value = now }, new() { Value = take } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await InboxRow.ReadAllAsync(reader, practice, ct);
    }

    /// <summary>Marks rows handled if they still wait. Returns how many did.</summary>
    public static async Task<int> HandledAsync(NpgsqlConnection connection, IReadOnlyList<InboxRow> rows, DateTimeOffset keepUntil, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update bus.wolverine_incoming_envelopes set status = 'Handled', owner_id = 0, keep_until = $3
            where (id, received_at) in (select * from unnest($1::uuid[], $2::text[])) and status <> 'Handled'
            """, connection);
        AddIdentities(command, rows);
        command.Parameters.Add(new() { Value = keepUntil });
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes over rows that belong to nobody and are due, live ones first.</summary>
    public static async Task<List<InboxRow>> ClaimAsync(NpgsqlConnection connection, Guid practice, string[] queues, int node, int take, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with due as (
                select id as due_id, received_at as due_address from bus.wolverine_incoming_envelopes
                where owner_id = 0 and status <> 'Handled' and execution_time <= $1 and received_at = any($2)
                order by bulk, execution_time, seq limit $3 for update skip locked)
            update bus.wolverine_incoming_envelopes set owner_id = $4, status = 'Incoming' from due where id = due_id and received_at = due_address
            returning {InboxRow.Columns}
            """, connection)
        {
            Parameters = { new() { Value = now }, new() { Value = queues.Select(Addresses.Of).ToArray() }, new() { Value = take }, new() { Value = node } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = await InboxRow.ReadAllAsync(reader, practice, ct);
        rows.Sort((a, b) => a.Seq.CompareTo(b.Seq));
        return rows;
    }

    /// <summary>The next instant something of nobody's is due.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(NpgsqlConnection connection, string[] queues, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select min(execution_time) from bus.wolverine_incoming_envelopes where owner_id = 0 and status <> 'Handled' and received_at = any($1)", connection)
        {
            Parameters = { new() { Value = queues.Select(Addresses.Of).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && !reader.IsDBNull(0) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    /// <summary>Puts a failed row away until its next attempt, if it is still this host's.</summary>
    public static async Task<bool> ScheduleAsync(NpgsqlConnection connection, InboxRow row, bool sequential, DateTimeOffset when, int node, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update bus.wolverine_incoming_envelopes set status = 'Scheduled', owner_id = 0, attempts = $3, execution_time = $4
            where id = $1 and received_at = $2 and status <> 'Handled' and ($6 or (status = 'Incoming' and owner_id = $5))
            """, connection)
        {
            Parameters = { new() { Value = row.Id }, new() { Value = Addresses.Of(row.Queue) }, new() { Value = row.Failures }, new() { Value = when }, new() { Value = node }, new() { Value = sequential } },
        };
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>
    /// Gives the rows of all hosts but these back to anybody. A row that is locked is at work: its host was paused in the middle of a batch,
    /// and whether that commits is not known yet.
    /// </summary>
    /// <returns>How many are free now, and whether some were at work.</returns>
    public static async Task<(int Freed, bool AtWork)> ReleaseAsync(NpgsqlConnection connection, int[] live, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            with gone as (
                select id, received_at from bus.wolverine_incoming_envelopes where owner_id <> 0 and owner_id <> all($1) and status = 'Incoming' for update skip locked),
            freed as (
                update bus.wolverine_incoming_envelopes i set owner_id = 0 from gone where i.id = gone.id and i.received_at = gone.received_at returning 1)
            select (select count(*)::int from freed), (select count(*)::int from bus.wolverine_incoming_envelopes where owner_id <> 0 and owner_id <> all($1) and status = 'Incoming')
            """, connection)
        {
            Parameters = { new() { Value = live } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt32(0), reader.GetInt32(1) > reader.GetInt32(0));
    }

    /// <summary>Gives back own rows that memory does not know: their commit succeeded although the connection broke before saying so.</summary>
    public static async Task<int> ReleaseLostAsync(NpgsqlConnection connection, int node, DateTimeOffset before, Guid[] held, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update bus.wolverine_incoming_envelopes set owner_id = 0
            where owner_id = $1 and status = 'Incoming' and execution_time < $2 and not (id = any($3))
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
                delete from bus.wolverine_incoming_envelopes where ctid = any(array(
                    select ctid from bus.wolverine_incoming_envelopes where status = 'Handled' and keep_until < $1 limit 1000 for update skip locked))
                """, connection) { Parameters = { new() { Value = now } } };
            deleted = await command.ExecuteNonQueryAsync(ct);
        }
        while (deleted == 1000);
    }

    private static void AddIdentities(NpgsqlCommand command, IReadOnlyList<InboxRow> rows)
    {
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = rows.Select(r => r.Id).ToArray() });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = rows.Select(r => Addresses.Of(r.Queue)).ToArray() });
    }
}
