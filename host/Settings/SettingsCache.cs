using Npgsql;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Modular.Host.Practices;
using Modular.Host.Upgrading;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>Settings per practice and gate version: a save raises the version, so every process reads anew on its next request.</summary>
public sealed class SettingsCache(SettingsCatalog catalog)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, Cached> practices = new();

    public async ValueTask<object> GetAsync(Practice practice, Type record, Guid? locationId, CancellationToken ct)
    {
        var version = practice.Snapshot.GateVersion;
        if (!practices.TryGetValue(practice.Id, out var cached) || cached.Version != version)
        {
            cached = new(version, await ReadAsync(practice, ct), new());
            practices[practice.Id] = cached;
        }

        return cached.Records.GetOrAdd((record, locationId), _ => Merge(record, cached.Bodies, catalog.ModuleOf(record), locationId));
    }

    /// <summary>Defaults of the record, then what the practice set, then what the location set apart.</summary>
    private static object Merge(Type record, Dictionary<(string, Guid?), JsonNode?> bodies, string module, Guid? locationId)
    {
        var merged = new JsonObject();
        foreach (var place in locationId is null ? [(Guid?)null] : new[] { null, locationId })
        {
            foreach (var (name, value) in bodies.TryGetValue((module, place), out var body) ? Body(module, body) : [])
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged.Deserialize(record, Json)!;
    }

    /// <summary>One row's settings. What is broken in one module's row is a fault where that module's settings are asked for, and nowhere else.</summary>
    /// <exception cref="PracticeFaultException">It is no object.</exception>
    public static JsonObject Body(string module, JsonNode? body) => body as JsonObject ?? throw new PracticeFaultException($"The row of {module} in core.settings holds no settings (it must be a JSON object).");

    private static async Task<Dictionary<(string, Guid?), JsonNode?>> ReadAsync(Practice practice, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select module, location_id, body::text from core.settings", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var bodies = new Dictionary<(string, Guid?), JsonNode?>();
        while (await reader.ReadAsync(ct))
        {
            bodies[(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetGuid(1))] = JsonNode.Parse(reader.GetString(2));
        }

        return bodies;
    }

    private sealed record Cached(
        int Version,
        Dictionary<(string, Guid?), JsonNode?> Bodies,
        System.Collections.Concurrent.ConcurrentDictionary<(Type, Guid?), object> Records);
}
