using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Modular.Host.Contracts;

/// <summary>A value of the shape that a schema gives, the same at every call: made-up ids and words, never anybody's.</summary>
public static partial class Examples
{
    public static JsonNode? Of(JsonObject shape, string name = "") => Type(shape) switch
    {
        "object" => new JsonObject((shape["properties"] as JsonObject ?? []).Select(p => KeyValuePair.Create(p.Key, Of(p.Value as JsonObject ?? [], p.Key)))),
        "array" => new JsonArray(Of(shape["items"] as JsonObject ?? [], name)),
        "integer" => name == "version" ? 3 : name == "minutes" ? 20 : 1,
        "number" => 25.50m,
        "boolean" => true,
        "string" => Text(shape, name),
        _ => null,
    };

    private static string? Type(JsonObject shape) => shape["type"] switch
    {
        JsonArray several => several.Select(t => t!.GetValue<string>()).FirstOrDefault(t => t != "null"),
        JsonValue one => one.GetValue<string>(),
        _ => shape["properties"] is not null ? "object" : null,
    };

    private static string Text(JsonObject shape, string name) => shape["format"]?.GetValue<string>() switch
    {
        "uuid" => Id(name),
        "date" => "2026-11-23",
        "date-time" => "2026-11-23T09:30:00-05:00",
        "time" => "09:30:00",
        _ => OneOf(shape["description"]?.GetValue<string>()) ?? Words().Replace(name, " $1").Trim().ToLowerInvariant(),
    };

    /// <summary>The first of those that the words name: "One of booked, arrived, …".</summary>
    private static string? OneOf(string? said) => said is not null && Choices().Match(said) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The same name has the same id in every example, so that two of them fit together.</summary>
    private static string Id(string name)
    {
        uint number = 17;
        foreach (var letter in name)
        {
            number = (number * 31) + letter;
        }

        return $"01980000-0000-7000-8000-{number:x12}";
    }

    [GeneratedRegex(@"\bOne of ([\w-]+)")]
    private static partial Regex Choices();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Words();
}
