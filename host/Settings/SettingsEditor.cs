using System.Text.Json;
using System.Text.Json.Nodes;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>Saves a module's settings, for the practice or apart for one location, with its entry in the change log.</summary>
public sealed class SettingsEditor(Work work, ScopeContext scope, AuditTrail trail, PracticeRegistry practices)
{
    /// <summary>What was saved apart from the defaults, and its version; version 0 when nothing was saved.</summary>
    public async Task<(JsonObject Body, int Version)> StoredAsync(string module, Guid? locationId, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        var rows = await connection.QueryAsync(
            "select body::text, version from core.settings where module = $1 and location_id is not distinct from $2",
            [module, Sql.Uuid(locationId)], r => (JsonNode.Parse(r.GetString(0)) as JsonObject ?? [], r.GetInt32(1)), ct);
        return rows.Count == 0 ? (new JsonObject(), 0) : rows[0];
    }

    /// <returns>False when somebody else saved since <paramref name="version"/>.</returns>
    public async Task<bool> SaveAsync(string module, Guid? locationId, JsonObject body, int version, CancellationToken ct)
    {
        await using (var write = await work.BeginAsync(null, ct))
        {
            await write.LockAsync($"settings {module}", ct);
            var (before, current) = await StoredAsync(module, locationId, ct);
            if (current != version)
            {
                return false;
            }

            await work.Connection.ExecuteAsync("""
                insert into core.settings (module, location_id, body) values ($1, $2, $3::jsonb)
                on conflict (module, location_id) do update set body = excluded.body, version = core.settings.version + 1
                """, [module, Sql.Uuid(locationId), body.ToJsonString()], ct);
            trail.Add(work, new(AuditTrail.Change, module, "changed settings", "settings", locationId, Values: Difference(before, body)));
            await write.CommitAsync(ct);
        }

        await practices.ChangedAsync(scope.Practice, ct);
        return true;
    }

    private static string Difference(JsonObject before, JsonObject after) => JsonSerializer.Serialize(
        before.Select(p => p.Key).Union(after.Select(p => p.Key))
            .Where(name => !JsonNode.DeepEquals(before[name], after[name]))
            .ToDictionary(name => name, name => new[] { before[name], after[name] }));
}
