using System.Text.Json;

namespace Modular.Host.Bus;

/// <summary>Every handler of this process, by queue and by message.</summary>
public sealed class HandlerMap
{
    private readonly Dictionary<(string Queue, string Alias), Handler> byQueue;
    private readonly ILookup<string, Handler> byAlias;
    private readonly Dictionary<string, Type> types;

    public HandlerMap(IEnumerable<Handler> handlers)
    {
        All = [.. handlers];
        byQueue = All.ToDictionary(h => (h.Queue, h.Alias));
        byAlias = All.ToLookup(h => h.Alias);
        types = All.DistinctBy(h => h.Alias).ToDictionary(h => h.Alias, h => h.MessageType);
        Queues = [.. All.Select(h => h.Queue).Distinct()];
        SequentialQueues = [.. All.Where(h => h.Sequential).Select(h => h.Queue).Distinct()];
    }

    public IReadOnlyList<Handler> All { get; }

    /// <summary>The queues this process may claim from; a newer host's own stay with it.</summary>
    public string[] Queues { get; }

    /// <summary>Here a message without a key has the empty one: the whole queue is one order.</summary>
    public string[] SequentialQueues { get; }

    public Handler? Find(string queue, string alias) => byQueue.GetValueOrDefault((queue, alias));

    public IEnumerable<Handler> Of(string alias) => byAlias[alias];

    public Type? TypeOf(string alias) => types.GetValueOrDefault(alias);

    /// <summary>The message that the row holds, or <see cref="Unreadable"/>.</summary>
    public object Read(InboxRow row)
    {
        if (Find(row.Queue, row.Alias) is not { } handler)
        {
            return new Unreadable($"No handler of {row.Queue} takes {row.Alias}.");
        }

        try
        {
            return JsonSerializer.Deserialize(row.Delivery.Data, handler.MessageType, MessageNames.Json) ?? new Unreadable($"The body of {row.Alias} is empty.");
        }
        catch (JsonException e)
        {
            return new Unreadable($"The body is no {row.Alias}.", e);
        }
    }
}

/// <summary>Stands for a message that is unknown here or whose body is not what its alias promises: no retry helps.</summary>
public sealed record Unreadable(string Sentence, Exception? Inner = null);
