using Modular.Host.Contracts;
using Npgsql;
using NpgsqlTypes;
using Wolverine.Runtime.Serialization;
using Delivery = Wolverine.Envelope;

namespace Modular.Host.Bus.Groups;

/// <param name="RowId">Of the row: one message for two destinations is two rows.</param>
public sealed record Departure(Guid RowId, Delivery Envelope);

/// <summary>
/// Wolverine's table of outgoing messages in a practice's database: written in the publisher's transaction, emptied by whichever host reaches the
/// broker.
/// </summary>
public sealed class Departures(BrokerSettings settings, MessageContracts contracts)
{
    public const string KeyHeader = "key";

    private readonly ILookup<string, Destination> byAlias = settings.Destinations
        .SelectMany(d => d.Aliases.Distinct().Where(alias => d.FaultOf(alias, contracts) is null).Select(alias => (alias, d))).ToLookup(p => p.alias, p => p.d);

    /// <summary>Whom a published message is sent to. Nobody hears again what came from another group, or what is replayed to fill a module.</summary>
    public IEnumerable<Destination> Of(OutgoingRow row) =>
        row.Queue is not null || row.Headers.Filling || row.Headers.Origin is not null ? [] : byAlias[row.Alias];

    /// <returns>How many rows were written.</returns>
    public async Task<int> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OutgoingRow> rows, CancellationToken ct)
    {
        var leaving = rows.SelectMany(row => Of(row).Select(to => (Row: row, To: to))).ToList();
        if (leaving.Count == 0)
        {
            return 0;
        }

        await using var command = new NpgsqlCommand("""
            insert into bus.wolverine_outgoing_envelopes (id, owner_id, destination, body, message_type)
            select id, 0, destination, body, alias
            from unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[]) with ordinality as m (id, destination, body, alias, nr) order by nr
            """, connection);
        void Add(NpgsqlDbType type, Func<(OutgoingRow Row, Destination To), object?> value) =>
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = leaving.Select(value).ToArray() });
        Add(NpgsqlDbType.Uuid, _ => Guid.CreateVersion7());
        Add(NpgsqlDbType.Text, l => l.To.Address);
        Add(NpgsqlDbType.Bytea, l => Body(l.Row));
        Add(NpgsqlDbType.Text, l => l.Row.Alias);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The next ones for a destination, in their order and locked: a host that dies while it sends them leaves them to the next.</summary>
    public async Task<List<Departure>> LockAsync(NpgsqlConnection connection, Guid practice, Destination to, int most, CancellationToken ct)
    {
        // One host at a time, so that no later message overtakes.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock(hashtextextended($1, 43))") { Parameters = { new() { Value = to.Address } } },
                new("select id, body from bus.wolverine_outgoing_envelopes where destination = $1 order by seq limit $2 for update")
                {
                    Parameters = { new() { Value = to.Address }, new() { Value = most } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var rows = new List<Departure>();
        while (await reader.ReadAsync(ct))
        {
            var envelope = EnvelopeSerializer.Deserialize(reader.GetFieldValue<byte[]>(1));
            (envelope.TenantId, envelope.Source) = (practice.ToString(), settings.Group);
            if (envelope.GroupId is { } key)
            {
                envelope.Headers[KeyHeader] = key;
            }

            rows.Add(new(reader.GetGuid(0), envelope));
        }

        return rows;
    }

    public static async Task GoneAsync(NpgsqlConnection connection, IEnumerable<Departure> sent, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from bus.wolverine_outgoing_envelopes where id = any($1)", connection)
        {
            Parameters = { new() { Value = sent.Select(s => s.RowId).ToArray() } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<long> CountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select count(*) from bus.wolverine_outgoing_envelopes", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static byte[] Body(OutgoingRow row)
    {
        var delivery = row.Deliver();
        // The receiver waits until then, as this host does for its own queues.
        delivery.ScheduledTime = row.ScheduledAt;
        return EnvelopeSerializer.Serialize(delivery);
    }
}
