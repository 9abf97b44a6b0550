using System.Text.Json;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

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
    /// The join with the subscriptions happens inside the publisher's transaction: no cache can be late, and a module that is being
    /// enabled knows from when on it hears everything. Writing twice under one id is once.
    /// </summary>
    private const string Insert = $"""
        insert into bus.inbox (id, queue, module, alias, key, status, owner_node, execute_at, bulk, body,
            actor_id, actor, correlation_id, causation_id, occurred_at, received_at, headers)
        select m.id, s.queue, s.module, m.alias, case when s.queue = any($17) then coalesce(m.key, '') else m.key end,
            case when m.at <= $14 then 'incoming' else 'scheduled' end,
            case when m.at <= $14 and s.queue = any($15) then $16 else 0 end,
            m.at, m.bulk, m.body, m.actor_id, m.actor, m.correlation_id, m.causation_id, m.occurred_at, $14, m.headers
        from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[], $6::boolean[], $7::uuid[], $8::text[],
                $9::uuid[], $10::uuid[], $11::timestamptz[], $12::jsonb[], $13::text[]) with ordinality
            as m (id, alias, body, key, at, bulk, actor_id, actor, correlation_id, causation_id, occurred_at, headers, queue, nr)
        join bus.subscriptions s on s.alias = m.alias and (m.queue is null or s.queue = m.queue)
        order by m.nr
        on conflict (id, queue) do nothing
        returning owner_node, {InboxRow.Columns}
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

    /// <summary>One round trip for all. Returns the rows of this process (to be handed to memory after the commit) and the instants the others are due.</summary>
    public static async Task<WrittenRows> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OutgoingRow> rows, string[] queues, string[] sequential, int owner, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        void Add(NpgsqlDbType type, Func<OutgoingRow, object?> value) =>
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = rows.Select(value).ToArray() });
        Add(NpgsqlDbType.Uuid, r => r.Id);
        Add(NpgsqlDbType.Text, r => r.Alias);
        Add(NpgsqlDbType.Jsonb, r => r.Body);
        Add(NpgsqlDbType.Text, r => r.Key);
        Add(NpgsqlDbType.TimestampTz, r => (r.ScheduledAt ?? now).ToUniversalTime());
        Add(NpgsqlDbType.Boolean, r => r.Bulk);
        Add(NpgsqlDbType.Uuid, r => r.ActorId);
        Add(NpgsqlDbType.Text, r => r.ActorName);
        Add(NpgsqlDbType.Uuid, r => r.CorrelationId);
        Add(NpgsqlDbType.Uuid, r => r.CausationId);
        Add(NpgsqlDbType.TimestampTz, r => r.OccurredAt.ToUniversalTime());
        Add(NpgsqlDbType.Jsonb, r => r.Headers.Write());
        Add(NpgsqlDbType.Text, r => r.Queue);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = queues });
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = sequential });

        var written = new WrittenRows();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (mine, due) = (reader.GetInt32(0) == owner && owner != 0, reader.GetFieldValue<DateTimeOffset>(17));
            if (mine)
            {
                written.Mine.Add(InboxRow.Read(reader, 1));
            }
            else
            {
                written.Due.Add(due);
            }
        }

        return written;
    }
}

public sealed class WrittenRows
{
    public List<InboxRow> Mine { get; } = [];

    public List<DateTimeOffset> Due { get; } = [];
}
