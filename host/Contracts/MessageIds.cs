using System.Reflection;
using System.Text.Json;
using Modular.Sdk;

namespace Modular.Host.Contracts;

/// <summary>Where a message is of and whom it is about, by the fields that it names itself.</summary>
public static class MessageIds
{
    /// <summary>As it is called on the wire: <c>visit.locationId</c>.</summary>
    public static string Wire(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>The location in a message as it is on the wire; null when it names none.</summary>
    public static Guid? Location(JsonElement message, string path) => Of(message, Wire(path).Split('.')).Select(id => (Guid?)id).FirstOrDefault();

    /// <summary>Every patient whom a message as it is on the wire is about, each once.</summary>
    public static Guid[] Patients(JsonElement message, IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Of(message, Wire(path).Split('.'))).Distinct()];

    /// <summary>The sentence of the modules page for the first message that declares a field which is no id of it, or leaves out whom it is about.</summary>
    public static string? Fault(IEnumerable<Type> messages) => messages.Select(Fault).FirstOrDefault(fault => fault is not null);

    private static string? Fault(Type type)
    {
        if (type.GetCustomAttribute<MessageAttribute>() is not { } message)
        {
            return null;
        }

        if (message.Location is { } place && !Leads(type, place.Split('.')))
        {
            return $"Its message {message.Alias} names {place} as its location, which is no id of it.";
        }

        if (message.Patients?.FirstOrDefault(path => !Leads(type, path.Split('.'))) is { } stray)
        {
            return $"Its message {message.Alias} names {stray} as its patient, which is no id of it.";
        }

        // One that never leaves the practice is seen by nobody who is not a module here.
        if (message.Needs is null)
        {
            return null;
        }

        if (message.Patients is null)
        {
            return $"Its message {message.Alias} may leave the practice and must say which patients it is about: "
                + "Patients = [nameof(PatientId)], or [] for none.";
        }

        return Named(type, "", [type]).Except(message.Patients).FirstOrDefault() is { } left
            ? $"Its message {message.Alias} names a patient in {left}; Patients must say so."
            : null;
    }

    private static IEnumerable<Guid> Of(JsonElement element, ReadOnlySpan<string> fields)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            List<Guid> all = [];
            foreach (var item in element.EnumerateArray())
            {
                all.AddRange(Of(item, fields));
            }

            return all;
        }

        return fields.IsEmpty ? element.ValueKind == JsonValueKind.String && element.TryGetGuid(out var id) ? [id] : []
            : element.ValueKind == JsonValueKind.Object && element.TryGetProperty(fields[0], out var inner) ? Of(inner, fields[1..])
            : [];
    }

    private static bool Leads(Type type, ReadOnlySpan<string> fields) => fields.IsEmpty
        ? Item(type) == typeof(Guid)
        : Item(type).GetProperty(fields[0])?.PropertyType is { } next && Leads(next, fields[1..]);

    /// <summary>Ids by the name that a patient's has everywhere, in the message or in what it carries.</summary>
    /// <param name="above">What it stands in: a tree of messages ends where it would come back to one of these.</param>
    private static IEnumerable<string> Named(Type type, string path, IReadOnlyList<Type> above) =>
        from property in type.GetProperties()
        let item = Item(property.PropertyType)
        from found in item == typeof(Guid)
            ? property.Name is "PatientId" or "PatientIds" ? [path + property.Name] : Enumerable.Empty<string>()
            : item.Assembly == type.Assembly && !item.IsEnum && !above.Contains(item) ? Named(item, $"{path}{property.Name}.", [.. above, item]) : []
        select found;

    /// <summary>What a list is of; else the type itself, without its "or none".</summary>
    private static Type Item(Type type) => Nullable.GetUnderlyingType(type)
        ?? (type.IsGenericType && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? type.GetGenericArguments()[0] : type);
}
