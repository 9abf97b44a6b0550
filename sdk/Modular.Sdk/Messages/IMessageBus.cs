namespace Modular.Sdk;

/// <summary>
/// The one way modules speak. Verbs follow Wolverine. Publishing inside a write rides the same transaction:
/// the message exists exactly when the change does.
/// </summary>
public interface IMessageBus
{
    /// <summary>Runs the one handler now, in the caller's scope and transaction; its exceptions reach the caller.</summary>
    /// <exception cref="NoHandlerException">No enabled module handles the command.</exception>
    Task InvokeAsync(object message, CancellationToken ct = default);

    /// <summary>Asks a question and returns the reply, or null when the answering module is absent or off here: the caller shows "not available".</summary>
    Task<T?> InvokeAsync<T>(object message, CancellationToken ct = default) where T : class;

    /// <summary>Tells everybody who subscribes, nobody included, once the current write commits.</summary>
    Task PublishAsync(object message, DeliveryOptions? options = null);

    /// <summary>Like <see cref="PublishAsync"/>, for a command: somebody must handle it.</summary>
    /// <exception cref="NoHandlerException">No enabled module handles the command.</exception>
    Task SendAsync(object message, DeliveryOptions? options = null);

    /// <summary>Delivers the message at or soon after an instant.</summary>
    Task ScheduleAsync(object message, DateTimeOffset when);
}

/// <param name="Key">Order key of <see cref="SequentialAttribute"/> handlers, such as a patient id.</param>
/// <param name="ScheduledAt">Not before this instant.</param>
/// <param name="Bulk">Takes the lane that yields to live work: imports and fills.</param>
public sealed record DeliveryOptions(string? Key = null, DateTimeOffset? ScheduledAt = null, bool Bulk = false);

public sealed class NoHandlerException(string message) : InvalidOperationException(message);

/// <summary>What travels with a message.</summary>
/// <param name="Id">The same at every attempt: the idempotency key for effects outside the database.</param>
/// <param name="OccurredAt">When the fact happened; handling time is the handler's <c>now</c> parameter.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record Envelope(
    Guid Id,
    string Alias,
    Guid PracticeId,
    DateTimeOffset OccurredAt,
    Guid CorrelationId,
    Guid? CausationId,
    Guid? ActorId,
    string ActorName,
    int Attempt,
    bool Filling = false);

/// <summary>Several messages from one handler, each with its own delivery options.</summary>
public sealed class OutgoingMessages : List<OutgoingMessage>
{
    public OutgoingMessages Publish(object message, DeliveryOptions? options = null)
    {
        Add(new(message, options));
        return this;
    }
}

public sealed record OutgoingMessage(object Message, DeliveryOptions? Options = null);

public static class OutgoingMessageExtensions
{
    public static OutgoingMessage DelayedFor(this object message, TimeSpan delay, DateTimeOffset now) => new(message, new(ScheduledAt: now + delay));

    public static OutgoingMessage ScheduledAt(this object message, DateTimeOffset when) => new(message, new(ScheduledAt: when));
}
