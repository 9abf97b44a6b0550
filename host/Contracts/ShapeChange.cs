using System.Text.Json.Nodes;

namespace Modular.Host.Contracts;

/// <summary>
/// Whether whoever reads the old shape can read the new one, and whoever writes the old one is still understood. A message only grows,
/// by fields that may be left out; everything else is a new version beside the old.
/// </summary>
public static class ShapeChange
{
    /// <returns>What breaks, a sentence each; none when the new shape only grew.</returns>
    public static IReadOnlyList<string> Breaks(JsonObject old, JsonObject now) => [.. Find(old, now, "")];

    /// <summary>Without words, which may change at any time.</summary>
    public static JsonObject Bare(JsonObject shape)
    {
        var bare = new JsonObject();
        foreach (var (name, value) in shape.Where(p => p.Key is not ("description" or "$schema" or "$id" or "title" or "examples")))
        {
            bare[name] = name == "properties" && value is JsonObject properties
                ? new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, p.Value is JsonObject inner ? Bare(inner) : p.Value?.DeepClone())))
                : value is JsonObject other ? Bare(other) : value?.DeepClone();
        }

        return bare;
    }

    private static IEnumerable<string> Find(JsonObject old, JsonObject now, string path)
    {
        var (before, after) = (old["properties"] as JsonObject ?? [], now["properties"] as JsonObject ?? []);
        var needed = Names(now);
        foreach (var (name, value) in before)
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (after[name] is not JsonObject there)
            {
                yield return $"{at} is gone";
                continue;
            }

            foreach (var inner in Find(value as JsonObject ?? [], there, at))
            {
                yield return inner;
            }
        }

        foreach (var name in after.Select(p => p.Key).Where(n => !before.ContainsKey(n) && needed.Contains(n)))
        {
            yield return $"{(path.Length == 0 ? name : $"{path}.{name}")} is new and may not be left out";
        }

        foreach (var name in Names(old).Where(n => !needed.Contains(n) && after.ContainsKey(n)).Concat(needed.Where(n => before.ContainsKey(n) && !Names(old).Contains(n))))
        {
            yield return $"{(path.Length == 0 ? name : $"{path}.{name}")} {(needed.Contains(name) ? "could be left out before" : "may be left out now")}";
        }

        foreach (var inner in Rest(old, now, path))
        {
            yield return inner;
        }
    }

    /// <summary>Type, format and the shape of a list's rows.</summary>
    private static IEnumerable<string> Rest(JsonObject old, JsonObject now, string path)
    {
        if (old["items"] is JsonObject rows && now["items"] is JsonObject newRows)
        {
            foreach (var inner in Find(rows, newRows, $"{path}[]"))
            {
                yield return inner;
            }
        }

        foreach (var key in old.Concat(now).Select(p => p.Key).Distinct().Where(k => k is not ("properties" or "required" or "items" or "description")))
        {
            if (!JsonNode.DeepEquals(old[key], now[key]))
            {
                yield return $"{(path.Length == 0 ? "the message" : path)} was {old[key]?.ToJsonString() ?? "nothing"} as {key} and is {now[key]?.ToJsonString() ?? "nothing"}";
            }
        }
    }

    private static HashSet<string> Names(JsonObject shape) => shape["required"] is JsonArray names ? [.. names.Select(n => n!.GetValue<string>())] : [];
}
