using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Modular.Sdk;

internal static class RowValues
{
    public static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public static T Read<T>(string before, string property, T otherwise)
    {
        using var was = JsonDocument.Parse(before);
        return was.RootElement.TryGetProperty(property, out var value) ? value.Deserialize<T>(Json)! : otherwise;
    }
}

/// <summary>The values of a row at one moment, so that a step can be taken back, whatever it changed. Lists of other rows are not of it.</summary>
internal sealed class RowValues<TRow> where TRow : class
{
    // The version goes on, also when a step is taken back.
    private static readonly PropertyInfo[] Kept = [.. typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetSetMethod(nonPublic: true) is not null && IsValue(p.PropertyType))
        .Where(p => p.Name is not (nameof(IVersioned.Id) or nameof(IVersioned.Version)))];

    private readonly object?[] values;

    private RowValues(object?[] values) => this.values = values;

    public static RowValues<TRow> Of(TRow row) => new([.. Kept.Select(p => p.GetValue(row))]);

    public void PutBack(TRow row)
    {
        foreach (var (index, property) in Changed(row))
        {
            property.SetValue(row, values[index]);
        }
    }

    /// <summary>What is another value by now, as it was, as JSON.</summary>
    public string WhatChanged(TRow row) => JsonSerializer.Serialize(Changed(row).ToDictionary(p => p.Item.Name, p => values[p.Index]), RowValues.Json);

    public static void PutBack(TRow row, string before)
    {
        var was = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(before, RowValues.Json)!;
        // A property that is no longer there keeps nothing.
        foreach (var property in Kept.Where(p => was.ContainsKey(p.Name)))
        {
            property.SetValue(row, was[property.Name].Deserialize(property.PropertyType, RowValues.Json));
        }
    }

    private IEnumerable<(int Index, PropertyInfo Item)> Changed(TRow row) =>
        Kept.Index().Where(p => !Same(values[p.Index], p.Item.GetValue(row)));

    private static bool Same(object? before, object? now) =>
        before is Array a && now is Array b ? a.Cast<object?>().SequenceEqual(b.Cast<object?>()) : Equals(before, now);

    private static bool IsValue(Type type) => type.IsValueType || type == typeof(string) || (type.IsArray && IsValue(type.GetElementType()!));
}
