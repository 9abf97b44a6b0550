using System.Globalization;
using Modular.Sdk;
using Npgsql;
using Wolverine.RDBMS;
using Delivery = Wolverine.Envelope;

namespace Modular.Host.Bus;

/// <summary>One message for one queue: Wolverine's envelope, and what stands beside it in the table.</summary>
public sealed class InboxRow(Delivery delivery)
{
    /// <summary>Wolverine's own in the order in which it reads them, then ours.</summary>
    public const string Columns = "body, id, status, owner_id, execution_time, attempts, message_type, received_at, keep_until, seq, module, key, bulk";

    public const string ActorHeader = "actor-id";
    public const string CauseHeader = "causation-id";
    public const string JobHeader = "job";
    public const string FillingHeader = "filling";
    public const string OriginHeader = "origin";

    private const int Ours = 9;
    private int handedOver;

    public Delivery Delivery => delivery;

    public Guid Id => delivery.Id;

    public string Queue { get; } = Addresses.Queue(delivery.Destination!.ToString());

    public required long Seq { get; init; }
    public required string Module { get; init; }
    public string? Key { get; init; }
    public bool Bulk { get; init; }
    public DateTimeOffset ExecuteAt { get; init; }

    /// <summary>Failures so far.</summary>
    public int Failures { get; set; }

    /// <summary>Until then it is not tried again, even where another message of its key comes up for it.</summary>
    public DateTimeOffset RestsUntil { get; set; }

    /// <summary>Must have a transaction to itself: the one it shared failed, as a whole or by this message.</summary>
    public bool Alone { get; set; }

    /// <summary>True once until it is taken up: Wolverine is not given twice what it has already.</summary>
    public bool HandOver() => Interlocked.Exchange(ref handedOver, 1) == 0;

    public void TakeUp() => Volatile.Write(ref handedOver, 0);

    public (Guid, string) Identity => (Id, Queue);

    public string Alias => delivery.MessageType!;

    public string ActorName => delivery.UserName ?? "";

    public Guid? ActorId => Header(ActorHeader) is { } id ? Guid.Parse(id) : null;

    public Guid CorrelationId => Guid.Parse(delivery.CorrelationId!);

    /// <summary>The job whose occurrence this is.</summary>
    public string? Job => Header(JobHeader);

    /// <summary>The message itself, or <see cref="Unreadable"/>; null until somebody needs it.</summary>
    public object? Message { get; set; }

    /// <summary>
    /// What Wolverine's queue delivers, a new one each time: the one before may still be on its way out of the pipeline. It counts as handled
    /// from the beginning, because the mark in the table is made in the transaction of the effect and never by Wolverine.
    /// </summary>
    public Delivery ForQueue(object message) => new()
    {
        Id = Id, Message = message, MessageType = Alias, Data = delivery.Data, ContentType = delivery.ContentType, Destination = delivery.Destination, TenantId = delivery.TenantId,
        CorrelationId = delivery.CorrelationId, UserName = delivery.UserName, GroupId = delivery.GroupId, SentAt = delivery.SentAt,
        // Wolverine counts an attempt with each delivery.
        Attempts = Failures, Status = Wolverine.EnvelopeStatus.Handled,
    };

    /// <summary>What a handler sees of it.</summary>
    public Envelope For(Guid practice) =>
        new(Id, Alias, practice, delivery.SentAt, CorrelationId, Header(CauseHeader) is { } cause ? Guid.Parse(cause) : null, ActorId, ActorName, Failures + 1, Header(FillingHeader) is not null);

    private string? Header(string name) => delivery.TryGetHeader(name, out var value) ? value : null;

    public static async Task<List<InboxRow>> ReadAllAsync(NpgsqlDataReader reader, Guid practice, CancellationToken ct)
    {
        var rows = new List<InboxRow>();
        while (await reader.ReadAsync(ct))
        {
            var delivery = await DatabasePersistence.ReadIncomingAsync(reader, ct);
            // The body may have been written where the practice had another id: a restored copy is another practice.
            delivery.TenantId = practice.ToString();
            var due = delivery.ScheduledTime!.Value;
            delivery.ScheduledTime = null;
            rows.Add(new(delivery)
            {
                Seq = reader.GetInt64(Ours),
                Module = reader.GetString(Ours + 1),
                Key = reader.IsDBNull(Ours + 2) ? null : reader.GetString(Ours + 2),
                Bulk = reader.GetBoolean(Ours + 3),
                ExecuteAt = due,
                Failures = delivery.Attempts,
            });
        }

        return rows;
    }
}

/// <summary>What the bus itself notes on a message.</summary>
/// <param name="Job">The job whose occurrence this is.</param>
/// <param name="Filling">Replayed from a snapshot for a module that was enabled.</param>
/// <param name="Origin">The group of hosts that it came from.</param>
public sealed record MessageHeaders(string? Job = null, bool Filling = false, string? Origin = null)
{
    public static MessageHeaders None { get; } = new();
}

/// <summary>How Wolverine writes the name of a queue of this process.</summary>
public static class Addresses
{
    private const string Scheme = "local://";

    public static string Of(string queue) => string.Create(CultureInfo.InvariantCulture, $"{Scheme}{queue.ToLowerInvariant()}/");

    public static string Queue(string address) => address[Scheme.Length..].TrimEnd('/');
}
