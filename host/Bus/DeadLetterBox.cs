using Npgsql;
using Wolverine;
using Wolverine.RDBMS;

namespace Modular.Host.Bus;

/// <param name="ParksKey">Its queue promises an order.</param>
/// <param name="Kind">Type of the exception or the database's error code.</param>
/// <param name="Reason">Kind and place of everything that failed, or what of ours could not be read.</param>
/// <param name="Detail">The places that were passed; in development, the whole trace.</param>
public sealed record Letter(InboxRow Row, bool ParksKey, Exception Exception, string Kind, string Reason, string Detail);

/// <summary>Messages that could not be handled: kept in Wolverine's table with kind and place of their failure, never its words, until somebody replays or discards them.</summary>
public static class DeadLetterBox
{
    /// <summary>Moves the row out of the inbox if it is still this host's; the rows behind it in the same order are parked. In the caller's transaction.</summary>
    public static async Task<bool> AddAsync(NpgsqlConnection connection, IMessageDatabase wolverine, DurabilitySettings settings, Letter letter, int node)
    {
        var (row, address) = (letter.Row, Addresses.Of(letter.Row.Queue));
        await using var gone = new NpgsqlCommand("""
            delete from bus.wolverine_incoming_envelopes where id = $1 and received_at = $2 and status <> 'Handled' and ($3 or (status = 'Incoming' and owner_id = $4))
            """, connection)
        {
            Parameters = { new() { Value = row.Id }, new() { Value = address }, new() { Value = letter.ParksKey }, new() { Value = node } },
        };
        if (await gone.ExecuteNonQueryAsync() == 0)
        {
            return false;
        }

        var builder = wolverine.ToCommandBuilder();
        DatabasePersistence.ConfigureDeadLetterCommands(settings, row.Delivery, new HandlerFailedException(letter.Exception, row.Failures), builder, wolverine);
        await using (var insert = builder.Compile())
        {
            insert.Connection = connection;
            await insert.ExecuteNonQueryAsync();
        }

        await using var ours = new NpgsqlCommand("""
            update bus.wolverine_dead_letters set seq = $3, module = $4, key = $5, attempts = $6, kind = $7, reason = $8, detail = $9 where id = $1 and received_at = $2
            """, connection)
        {
            Parameters =
            {
                new() { Value = row.Id }, new() { Value = address }, new() { Value = row.Seq }, new() { Value = row.Module },
                new() { Value = (object?)row.Key ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = row.Failures },
                new() { Value = letter.Kind }, new() { Value = letter.Reason }, new() { Value = letter.Detail },
            },
        };
        await ours.ExecuteNonQueryAsync();
        if (letter.ParksKey)
        {
            await Parked.ParkKeyAsync(connection, row.Queue, row.Key ?? "");
        }

        return true;
    }

    /// <summary>Back into the inbox at its old place; what was parked behind it follows.</summary>
    public static async Task<int> ReplayAsync(NpgsqlConnection connection, Guid[] letters, DateTimeOffset now, CancellationToken ct)
    {
        // Wolverine's own replay sets a mark that its agents look for, and makes a row without a place in the order.
        await using var command = new NpgsqlCommand($"""
            with dead as (
                delete from bus.wolverine_dead_letters where letter_id = any($1) returning *),
            again as (
                select id, 'Incoming', 0, $2::timestamptz, 0, body, message_type, received_at, null::timestamptz, seq, module, key, false, false, exists (
                    select from bus.subscriptions s where bus.address(s.queue) = received_at) as heard from dead),
            waits as (
                insert into bus.parked select {Columns} from again a ({Columns}, heard) where not heard on conflict do nothing),
            {Parked.FollowDead}
            insert into bus.wolverine_incoming_envelopes ({Columns}) select {Columns} from again a ({Columns}, heard) where heard
            on conflict (id, received_at) do nothing
            returning 1
            """, connection)
        {
            Parameters = { new() { Value = letters }, new() { Value = now } },
        };
        await command.ExecuteNonQueryAsync(ct);
        return letters.Length;
    }

    public static async Task<int> DiscardAsync(NpgsqlConnection connection, Guid[] letters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            with dead as (
                delete from bus.wolverine_dead_letters where letter_id = any($1) returning *),
            {Parked.FollowDead}
            select count(*)::int from dead
            """, connection)
        {
            Parameters = { new() { Value = letters } },
        };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private const string Columns = Parked.Columns;
}
