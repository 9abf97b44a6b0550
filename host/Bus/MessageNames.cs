using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>Names and bodies of messages on the wire.</summary>
public static class MessageNames
{
    private static readonly ConcurrentDictionary<Type, string?> Aliases = new();

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static string? Find(Type message) => Aliases.GetOrAdd(message, type => type.GetCustomAttribute<MessageAttribute>()?.Alias);

    public static string Of(object message) => Find(message.GetType())
        ?? throw new InvalidOperationException($"{message.GetType().Name} is no message: it has no [Message(\"module.name.v1\")].");
}
