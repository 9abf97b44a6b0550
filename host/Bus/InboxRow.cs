using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>One message for one queue, as the table holds it.</summary>
public sealed record InboxRow
{
    public const string Columns =
        "id, queue, seq, module, alias, key, attempts, bulk, body::text, actor_id, actor, correlation_id, causation_id, occurred_at, received_at, headers::text, execute_at";

    public required Guid Id { get; init; }
    public required string Queue { get; init; }
    public required long Seq { get; init; }
    public required string Module { get; init; }
    public required string Alias { get; init; }
    public string? Key { get; init; }

    /// <summary>Failures so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Must have a transaction to itself: the one it shared failed as a whole.</summary>
    public bool Alone { get; init; }

    public bool Bulk { get; init; }
    public required string Body { get; init; }
    public Guid? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required Guid CorrelationId { get; init; }
    public Guid? CausationId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public MessageHeaders Headers { get; init; } = MessageHeaders.None;
    public DateTimeOffset ExecuteAt { get; init; }

    public (Guid, string) Identity => (Id, Queue);

    public Envelope Envelope(Guid practice) =>
        new(Id, Alias, practice, OccurredAt, CorrelationId, CausationId, ActorId, ActorName, Attempts + 1, Headers.Filling);

    /// <param name="from">Ordinal of the first of <see cref="Columns"/>.</param>
    public static InboxRow Read(NpgsqlDataReader reader, int from = 0) => new()
    {
        Id = reader.GetGuid(from),
        Queue = reader.GetString(from + 1),
        Seq = reader.GetInt64(from + 2),
        Module = reader.GetString(from + 3),
        Alias = reader.GetString(from + 4),
        Key = reader.IsDBNull(from + 5) ? null : reader.GetString(from + 5),
        Attempts = reader.GetInt32(from + 6),
        Bulk = reader.GetBoolean(from + 7),
        Body = reader.GetString(from + 8),
        ActorId = reader.IsDBNull(from + 9) ? null : reader.GetGuid(from + 9),
        ActorName = reader.GetString(from + 10),
        CorrelationId = reader.GetGuid(from + 11),
        CausationId = reader.IsDBNull(from + 12) ? null : reader.GetGuid(from + 12),
        OccurredAt = reader.GetFieldValue<DateTimeOffset>(from + 13),
        ReceivedAt = reader.GetFieldValue<DateTimeOffset>(from + 14),
        Headers = MessageHeaders.Read(reader.IsDBNull(from + 15) ? null : reader.GetString(from + 15)),
        ExecuteAt = reader.GetFieldValue<DateTimeOffset>(from + 16),
    };

    public static async Task<List<InboxRow>> ReadAllAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var rows = new List<InboxRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(Read(reader));
        }

        return rows;
    }
}

/// <summary>What the bus itself notes on a message.</summary>
/// <param name="Job">The job whose occurrence this is.</param>
/// <param name="Filling">Replayed from a snapshot for a module that was enabled.</param>
public sealed record MessageHeaders(string? Job = null, bool Filling = false)
{
    public static MessageHeaders None { get; } = new();

    public static MessageHeaders Read(string? json) =>
        json is null ? None : System.Text.Json.JsonSerializer.Deserialize<MessageHeaders>(json, MessageNames.Json) ?? None;

    public string? Write() => this == None ? null : System.Text.Json.JsonSerializer.Serialize(this, MessageNames.Json);
}
