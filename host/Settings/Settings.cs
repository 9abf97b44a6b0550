using Npgsql;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>A module's settings as its pages and handlers read them.</summary>
public sealed class Settings<T>(ScopeContext scope, SettingsCache cache) : ISettings<T> where T : class, new()
{
    public async ValueTask<T> GetAsync(Guid? locationId = null, CancellationToken ct = default) =>
        (T)await cache.GetAsync(scope.Practice, typeof(T), locationId, ct);
}

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
    private static object Merge(Type record, Dictionary<(string, Guid?), JsonObject> bodies, string module, Guid? locationId)
    {
        var merged = new JsonObject();
        foreach (var body in new[] { bodies.GetValueOrDefault((module, null)), locationId is null ? null : bodies.GetValueOrDefault((module, locationId)) })
        {
            foreach (var (name, value) in body ?? [])
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged.Deserialize(record, Json)!;
    }

    private static async Task<Dictionary<(string, Guid?), JsonObject>> ReadAsync(Practice practice, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select module, location_id, body::text from core.settings", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var bodies = new Dictionary<(string, Guid?), JsonObject>();
        while (await reader.ReadAsync(ct))
        {
            bodies[(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetGuid(1))] = JsonNode.Parse(reader.GetString(2))!.AsObject();
        }

        return bodies;
    }

    private sealed record Cached(
        int Version,
        Dictionary<(string, Guid?), JsonObject> Bodies,
        System.Collections.Concurrent.ConcurrentDictionary<(Type, Guid?), object> Records);
}
