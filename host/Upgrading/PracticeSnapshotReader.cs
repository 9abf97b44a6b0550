using System.Text.Json.Nodes;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Settings;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Upgrading;

/// <summary>Reads in one round trip what every request of a practice needs.</summary>
public static class PracticeSnapshotReader
{
    /// <param name="gate">The gate version that was the practice's before the states were read.</param>
    /// <param name="states">Of the modules, held by the caller's transaction.</param>
    public static async Task<PracticeSnapshot> ReadAsync(
        NpgsqlConnection connection, int gate, IReadOnlyDictionary<string, string> states, InstalledModules modules, IReadOnlyDictionary<string, string> failed, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select name, zone, theme from core.profile"));
        batch.BatchCommands.Add(new("""
            select id, name, zone, active, nullif(phone, ''),
                   nullif(concat_ws(', ', nullif(address, ''), nullif(city, ''), nullif(concat_ws(' ', state, left(zip, 5) || coalesce('-' || nullif(substr(zip, 6), ''), '')), '')), '')
            from core.locations order by name
            """));
        batch.BatchCommands.Add(new("select module, body::text from core.settings where location_id is null"));
        batch.BatchCommands.Add(new("""
            select alias, array_agg(w.id order by w.id) from core.webhooks w join core.programs p on p.id = w.program_id, unnest(w.aliases) alias
            where w.ended_at is null and p.revoked_at is null group by alias
            """));
        batch.BatchCommands.Add(new("select location_id, from_date, to_date, active from core.closures where active or holiday is not null"));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var profile = await reader.ReadAsync(ct) ? (reader.GetString(0), reader.GetString(1), reader.GetString(2)) : ("", "America/New_York", "default");
        await reader.NextResultAsync(ct);
        var locations = new List<Location>();
        while (await reader.ReadAsync(ct))
        {
            locations.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        await reader.NextResultAsync(ct);
        var settings = new Dictionary<string, JsonObject>();
        while (await reader.ReadAsync(ct))
        {
            settings[reader.GetString(0)] = SettingsCache.Body(reader.GetString(0), JsonNode.Parse(reader.GetString(1)));
        }

        await reader.NextResultAsync(ct);
        var webhooks = new Dictionary<string, Guid[]>();
        while (await reader.ReadAsync(ct))
        {
            webhooks[reader.GetString(0)] = reader.GetFieldValue<Guid[]>(1);
        }

        await reader.NextResultAsync(ct);
        var (closures, worked) = (new List<ClosedDays>(), new List<DateOnly>());
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(3))
            {
                Guid? location = reader.IsDBNull(0) ? null : reader.GetGuid(0);
                closures.Add(new(location, reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2)));
            }
            else
            {
                worked.Add(reader.GetFieldValue<DateOnly>(1));
            }
        }

        var on = modules.Running.Where(m => ModuleStates.Serves(states.GetValueOrDefault(m.Id)) && !failed.ContainsKey(m.Id)).Select(m => m.Id);
        return new(gate, true, profile.Item1, profile.Item2, profile.Item3, locations, on.ToHashSet(), states, Features.On(modules, settings), failed)
        {
            Webhooks = webhooks, BusinessDays = new(closures, worked),
        };
    }
}
