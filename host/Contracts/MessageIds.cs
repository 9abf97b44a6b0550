using System.Reflection;
using System.Text.Json;
using Modular.Sdk;

namespace Modular.Host.Contracts;

/// <summary>Where a message is of, by the field that it names.</summary>
public static class MessageLocation
{
    /// <summary>As it is called on the wire: <c>visit.locationId</c>.</summary>
    public static string Wire(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>The location in a message as it is on the wire; null when it names none.</summary>
    public static Guid? Of(JsonElement message, string path)
    {
        foreach (var field in Wire(path).Split('.'))
        {
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty(field, out message))
            {
                return null;
            }
        }

        return message.ValueKind == JsonValueKind.String && message.TryGetGuid(out var id) ? id : null;
    }

    /// <summary>The sentence of the modules page for the first message whose location is no field of it.</summary>
    public static string? Fault(IEnumerable<Type> messages) =>
        (from type in messages
         let message = type.GetCustomAttribute<MessageAttribute>()
         where message?.Location is { } path && !Leads(type, path)
         select $"Its message {message.Alias} names {message.Location} as its location, which is no id of it.").FirstOrDefault();

    private static bool Leads(Type type, string path)
    {
        foreach (var field in path.Split('.'))
        {
            if (type.GetProperty(field)?.PropertyType is not { } next)
            {
                return false;
            }

            type = next;
        }

        return type == typeof(Guid) || type == typeof(Guid?);
    }
}
