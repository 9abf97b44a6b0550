using System.Text;
using System.Text.Json;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;
using Wolverine.Runtime.Serialization;
using Delivery = Wolverine.Envelope;

namespace Modular.Host.Bus;

/// <summary>A published message before it is known who hears it.</summary>
/// <param name="Queue">One queue alone; null is every subscribed one.</param>
public sealed record OutgoingRow(
    Guid Id,
    string Alias,
    string Body,
    string? Key,
    DateTimeOffset? ScheduledAt,
    bool Bulk,
    Guid? ActorId,
    string ActorName,
    Guid CorrelationId,
    Guid? CausationId,
    DateTimeOffset OccurredAt,
    MessageHeaders Headers,
    string? Queue = null)
{
    /// <summary>
    /// Wolverine's own statement writes a row for a queue that is known. Here the join with the subscriptions happens inside the publisher's
    /// transaction, in the same round trip: no cache can be late, and a module that is being enabled knows from when on it hears everything.
    /// Writing twice under one id is once.
    /// </summary>
    private const string Insert = """
        insert into bus.wolverine_incoming_envelopes (id, status, owner_id, execution_time, body, message_type, received_at, module, key, bulk, filling)
        select m.id, case when m.at <= $8 then 'Incoming' else 'Scheduled' end,
            case when m.at <= $8 and s.queue = any($9) then $10 else 0 end,
            m.at, m.body, m.alias, bus.address(s.queue), s.module, case when s.queue = any($11) then coalesce(m.key, '') else m.key end, m.bulk, m.filling
        from unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::timestamptz[], $6::boolean[], $7::boolean[], $12::text[]) with ordinality
            as m (id, alias, body, key, at, bulk, filling, queue, nr)
        join bus.subscriptions s on s.alias = m.alias and (m.queue is null or s.queue = m.queue)
        order by m.nr
        on conflict (id, received_at) do nothing
        returning owner_id, execution_time, id, received_at, seq, module, key
        """;

    public static OutgoingRow From(object message, DeliveryOptions? options, Actor actor, Guid correlation, Envelope? cause, DateTimeOffset now, MessageHeaders? headers = null) => new(
        Guid.CreateVersion7(now),
        MessageNames.Of(message),
        JsonSerializer.Serialize(message, message.GetType(), MessageNames.Json),
        options?.Key,
        options?.ScheduledAt,
        options?.Bulk ?? false,
        actor.PersonId,
        actor.Name,
        correlation,
        cause?.Id,
        now,
        headers ?? MessageHeaders.None);

    /// <summary>Wolverine's envelope of it, for no queue and no practice in particular: where it lies says that.</summary>
    public Delivery Deliver()
    {
        var delivery = new Delivery
        {
            Id = Id, MessageType = Alias, ContentType = "application/json", Data = Encoding.UTF8.GetBytes(Body), SentAt = OccurredAt.ToUniversalTime(),
            CorrelationId = CorrelationId.ToString(), UserName = ActorName, GroupId = Key, AcceptedContentTypes = [],
        };
        Note(delivery, InboxRow.ActorHeader, ActorId?.ToString());
        Note(delivery, InboxRow.CauseHeader, CausationId?.ToString());
        Note(delivery, InboxRow.JobHeader, Headers.Job);
        Note(delivery, InboxRow.FillingHeader, Headers.Filling ? "true" : null);
        Note(delivery, InboxRow.OriginHeader, Headers.Origin);
        return delivery;
    }

    /// <summary>One round trip for all. Returns the rows of this process (to be handed to Wolverine after the commit) and the instants the others are due.</summary>
    public static async Task<WrittenRows> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OutgoingRow> rows, string[] queues, string[] sequential, int owner, Guid practice, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        void Add(NpgsqlDbType type, Func<OutgoingRow, object?> value) =>
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = rows.Select(value).ToArray() });
        Add(NpgsqlDbType.Uuid, r => r.Id);
        Add(NpgsqlDbType.Text, r => r.Alias);
        Add(NpgsqlDbType.Bytea, r => EnvelopeSerializer.Serialize(r.Deliver()));
        Add(NpgsqlDbType.Text, r => r.Key);
        Add(NpgsqlDbType.TimestampTz, r => (r.ScheduledAt ?? now).ToUniversalTime());
        Add(NpgsqlDbType.Boolean, r => r.Bulk);
        Add(NpgsqlDbType.Boolean, r => r.Headers.Filling);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = queues });
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = sequential });
        Add(NpgsqlDbType.Text, r => r.Queue);

        var byId = rows.ToDictionary(r => r.Id);
        var written = new WrittenRows();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var due = reader.GetFieldValue<DateTimeOffset>(1);
            if (owner != 0 && reader.GetInt32(0) == owner)
            {
                written.Mine.Add(Mine(reader, byId[reader.GetGuid(2)], practice, due));
            }
            else
            {
                written.Due.Add(due);
            }
        }

        return written;
    }

    private static InboxRow Mine(NpgsqlDataReader reader, OutgoingRow row, Guid practice, DateTimeOffset due)
    {
        var delivery = row.Deliver();
        (delivery.Destination, delivery.TenantId) = (new(reader.GetString(3)), practice.ToString());
        return new(delivery) { Seq = reader.GetInt64(4), Module = reader.GetString(5), Key = reader.IsDBNull(6) ? null : reader.GetString(6), Bulk = row.Bulk, ExecuteAt = due };
    }

    private static void Note(Delivery delivery, string header, string? value)
    {
        if (value is not null)
        {
            delivery.Headers[header] = value;
        }
    }
}

public sealed class WrittenRows
{
    public List<InboxRow> Mine { get; } = [];

    public List<DateTimeOffset> Due { get; } = [];

    /// <summary>Rows on their way to a broker.</summary>
    public int Leaving { get; set; }
}
