using System.Runtime.CompilerServices;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>What a handler returned, as messages to publish: one, several, a tuple, or with delivery options.</summary>
public static class Cascades
{
    public static IEnumerable<OutgoingMessage> Of(object? returned) => returned switch
    {
        null => [],
        OutgoingMessage one => [one],
        IEnumerable<object?> several => several.SelectMany(Of),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Of(tuple[i])),
        _ => [new(returned)],
    };

    /// <summary>Under <c>InvokeAsync&lt;T&gt;</c> the first T is the reply and is not published.</summary>
    public static (T? Reply, IEnumerable<OutgoingMessage> Others) Split<T>(object? returned) where T : class
    {
        if (returned is T all)
        {
            return (all, []);
        }

        var messages = Of(returned).ToList();
        var reply = messages.Find(m => m.Message is T);
        return (reply?.Message as T, messages.Where(m => !ReferenceEquals(m, reply)));
    }
}
