using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>The verbs, in the scope of the caller.</summary>
public sealed class MessageBus(ScopeContext scope, Outbox outbox, HandlerMap handlers, TimeProvider clock, IServiceProvider services) : IMessageBus
{
    public async Task InvokeAsync(object message, CancellationToken ct = default)
    {
        var handler = Handlers(message).FirstOrDefault() ?? throw Nobody(message);
        Publish(Cascades.Of(await RunAsync(handler, message, ct)));
    }

    public async Task<T?> InvokeAsync<T>(object message, CancellationToken ct = default) where T : class
    {
        if (Handlers(message).FirstOrDefault() is not { } handler)
        {
            return null;
        }

        var (reply, rest) = Cascades.Split<T>(await RunAsync(handler, message, ct));
        Publish(rest);
        return reply;
    }

    public Task PublishAsync(object message, DeliveryOptions? options = null)
    {
        outbox.Add(message, options);
        return Task.CompletedTask;
    }

    public Task SendAsync(object message, DeliveryOptions? options = null) =>
        Handlers(message).Any() ? PublishAsync(message, options) : throw Nobody(message);

    public Task ScheduleAsync(object message, DateTimeOffset when) => PublishAsync(message, new(ScheduledAt: when));

    private void Publish(IEnumerable<OutgoingMessage> messages)
    {
        foreach (var message in messages)
        {
            outbox.Add(message.Message, message.Options);
        }
    }

    private IEnumerable<Handler> Handlers(object message) => handlers.Of(MessageNames.Of(message)).Where(h => scope.Practice.IsOn(h.Module));

    private ValueTask<object?> RunAsync(Handler handler, object message, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var envelope = new Envelope(Guid.CreateVersion7(now), handler.Alias, scope.Practice.Id, now, scope.CorrelationId, outbox.Current?.Id,
            scope.Actor.PersonId, scope.Actor.Name, 1);
        return handler.Run(new(services, handler.Argument([message]), envelope, now, ct));
    }

    private static NoHandlerException Nobody(object message) => new($"No enabled module handles {MessageNames.Of(message)}.");
}
