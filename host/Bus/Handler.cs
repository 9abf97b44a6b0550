using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>One handling method: where its messages queue and how it is called.</summary>
public sealed record Handler(
    string Queue,
    string Module,
    string Alias,
    Type MessageType,
    bool TakesList,
    bool Sequential,
    bool External,
    Func<HandlerCall, ValueTask<object?>> Run)
{
    /// <summary>A restored copy calls nobody outside and runs no jobs until it is released.</summary>
    public bool IsHeldInCopies => External || MessageType == typeof(JobDue);

    /// <summary>The first argument: the one message, or all of them as a list of its own type.</summary>
    public object Argument(IReadOnlyList<object> messages)
    {
        if (!TakesList)
        {
            return messages[0];
        }

        var list = Array.CreateInstance(MessageType, messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            list.SetValue(messages[i], i);
        }

        return list;
    }
}

/// <summary>What one call of a handler may ask for.</summary>
/// <param name="Message">The message, or a list of them when the handler takes a list.</param>
public sealed record HandlerCall(IServiceProvider Services, object Message, Envelope Envelope, DateTimeOffset Now, CancellationToken Stop)
{
    /// <summary>What <c>Load</c> returned, a tuple taken apart.</summary>
    public object?[] Loaded { get; set; } = [];
}
