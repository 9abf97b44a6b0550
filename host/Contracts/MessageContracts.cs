using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Contracts;

/// <param name="Name">The alias without its version.</param>
/// <param name="Location">The field that names the location it is of; null: it is of the whole practice.</param>
/// <param name="Patients">The fields that name the patients it is about.</param>
public sealed record MessageContract(
    string Alias, string Name, int Version, LoadedModule Module, Type Type, string? Words, bool OneHandler, string? Needs, string? Location,
    IReadOnlyList<string> Patients);

/// <param name="Path">Of the field in JSON: <c>visit.start</c>.</param>
public sealed record MessageField(string Path, string Type, bool Always, string? Words);

/// <summary>
/// The messages that modules publish to others, read from their assemblies of messages: the lists for programs, the pages of the office and the
/// schemas kept in the repository are made of this.
/// </summary>
public sealed class MessageContracts(InstalledModules modules, Shapes shapes, XmlWords words)
{
    private IReadOnlyList<MessageContract>? all;

    public IReadOnlyList<MessageContract> All => all ??= [.. modules.WithCore.SelectMany(Of).OrderBy(c => c.Alias, StringComparer.Ordinal)];

    public MessageContract? Find(string alias) => All.FirstOrDefault(c => c.Alias == alias);

    /// <summary>Of the alias's modules those that are on here.</summary>
    public IEnumerable<MessageContract> Here(IPractice practice) => All.Where(c => practice.IsOn(c.Module.Id));

    /// <summary>JSON Schema, draft 2020-12, with an example.</summary>
    public JsonObject Schema(MessageContract contract)
    {
        var schema = shapes.Of(contract.Type);
        var example = Examples.Of(schema);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", $"/api/messages/{contract.Alias}");
        schema.Insert(2, "title", contract.Alias);
        schema["examples"] = new JsonArray(example);
        return schema;
    }

    public JsonNode? Example(MessageContract contract) => Examples.Of(shapes.Of(contract.Type));

    public IReadOnlyList<MessageField> Fields(MessageContract contract) => [.. Fields(shapes.Of(contract.Type), "")];

    private IEnumerable<MessageContract> Of(LoadedModule module) =>
        from assembly in Assemblies(module)
        from type in assembly.GetExportedTypes()
        let message = type.GetCustomAttribute<MessageAttribute>()
        where message is not null
        let dot = message.Alias.LastIndexOf(".v", StringComparison.Ordinal)
        select new MessageContract(
            message.Alias, dot < 0 ? message.Alias : message.Alias[..dot], dot > 0 && int.TryParse(message.Alias[(dot + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 1,
            module, type, words.Of(type), message.OneHandler, message.Needs, message.Location, message.Patients ?? []);

    private static IEnumerable<Assembly> Assemblies(LoadedModule module) =>
        module.Id == LoadedModule.CoreId ? [typeof(LocationChanged).Assembly] : SharedMessages.Of(module.Manifest) is { } own ? [own] : [];

    private static IEnumerable<MessageField> Fields(JsonObject shape, string path)
    {
        var required = shape["required"] is JsonArray names ? names.Select(n => n!.GetValue<string>()).ToHashSet() : [];
        foreach (var (name, node) in shape["properties"] as JsonObject ?? [])
        {
            var field = node as JsonObject ?? [];
            var at = path.Length == 0 ? name : $"{path}.{name}";
            yield return new(at, TypeOf(field), required.Contains(name), field["description"]?.GetValue<string>());
            foreach (var inner in Fields(field["items"] as JsonObject ?? field, field["items"] is JsonObject ? $"{at}[]" : at))
            {
                yield return inner;
            }
        }
    }

    /// <summary>As a developer reads it: "uuid", "date-time or null", "list of object".</summary>
    private static string TypeOf(JsonObject field)
    {
        var types = field["type"] switch
        {
            JsonArray several => several.Select(t => t!.GetValue<string>()).ToList(),
            JsonValue one => [one.GetValue<string>()],
            _ => ["any"],
        };
        var plain = types.Where(t => t != "null").Select(t => t == "array" && field["items"] is JsonObject items ? $"list of {TypeOf(items)}" : field["format"]?.GetValue<string>() ?? t);
        return string.Join(" or ", types.Contains("null") ? plain.Append("null") : plain);
    }
}
