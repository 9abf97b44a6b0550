using System.IO.Compression;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Installing;

/// <summary>Deletes for ever what a removed module kept in one practice, after it was exported. All of it or nothing: one transaction.</summary>
public static class ModulePurge
{
    /// <summary>Rows that the host keeps for a module; <c>@own</c> is how its permissions and secrets begin.</summary>
    private static readonly string[] Deletes =
    [
        "delete from core.search where module = @id",
        "delete from core.tasks where module = @id",
        "delete from bus.subscriptions where module = @id",
        "delete from bus.wolverine_incoming_envelopes where module = @id",
        "delete from bus.parked where module = @id",
        "delete from bus.wolverine_dead_letters where module = @id",
        "delete from bus.jobs where module = @id",
        "delete from core.patient_tables where schema_name = @schema",
        "delete from core.settings where module = @id",
        "delete from core.secrets where starts_with(id, @own)",
        "delete from core.role_grants where starts_with(permission, @own)",
        "delete from core.indicator_values where starts_with(indicator, @own)",
        "delete from core.indicator_due where starts_with(source, @own)",
        "delete from core.indicator_targets where starts_with(indicator, @own)",
        "delete from core.migrations where module = @id",
        "delete from core.modules where module = @id",
        """
        with gone as (delete from core.file_owners where module = @id returning file_id)
        delete from core.files f using gone where f.id = gone.file_id
            and not exists (select from core.file_owners o where o.file_id = f.id and o.module <> @id)
        """,
        "delete from core.file_contents c where not exists (select from core.files f where f.sha256 = c.sha256)",
    ];

    /// <summary>What would go: tables of its schema, rows of them, files. Null when the practice has nothing of it.</summary>
    public static async Task<IReadOnlyList<(string Name, string Columns)>?> TablesAsync(NpgsqlConnection connection, string id, CancellationToken ct)
    {
        await using var known = connection.Command("select exists (select from core.modules where module = $1) or exists (select from core.migrations where module = $1)", id);
        var schema = id.Replace('-', '_');
        return await known.ExecuteScalarAsync(ct) is true
            ? [.. (await PracticeExport.TablesAsync(connection, ct)).Where(t => t.Schema == schema).Select(t => (t.Name, t.Columns))]
            : null;
    }

    /// <summary>The practice's part of the export: a CSV a table, the settings, and the stored files as they were.</summary>
    public static async Task ExportAsync(NpgsqlConnection connection, ZipArchive into, string practice, string id, IReadOnlyList<(string Name, string Columns)> tables, CancellationToken ct)
    {
        var schema = id.Replace('-', '_');
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        foreach (var (name, columns) in tables)
        {
            await using var entry = await into.CreateEntry($"{practice}/{schema}.{name}.csv").OpenAsync(ct);
            await PracticeExport.CopyAsync(connection, $"select {columns} from \"{schema}\".\"{name}\"", entry, ct);
        }

        // The id is checked by its pattern: it holds nothing that a literal could not.
        foreach (var table in new[] { "settings", "tasks" })
        {
            await using var entry = await into.CreateEntry($"{practice}/core.{table}.csv").OpenAsync(ct);
            await PracticeExport.CopyAsync(connection, $"select * from core.{table} where module = '{id}'", entry, ct);
        }

        var files = await connection.QueryAsync("select distinct f.id, f.name, f.sha256 from core.files f join core.file_owners o on o.file_id = f.id where o.module = $1", [id],
            r => (Id: r.GetGuid(0), Name: r.GetString(1), Sha: r.GetString(2)), ct);
        foreach (var file in files)
        {
            await using var entry = await into.CreateEntry($"{practice}/files/{file.Id}/{file.Name}", CompressionLevel.Fastest).OpenAsync(ct);
            await using var chunks = connection.Command("select body from core.file_chunks where sha256 = $1 order by number", file.Sha);
            await using var reader = await chunks.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                await entry.WriteAsync(reader.GetFieldValue<byte[]>(0), ct);
            }
        }
    }

    /// <returns>How many programs lost permissions of it.</returns>
    public static async Task<int> DropAsync(IServiceProvider services, Practice practice, string id, string exported, CancellationToken ct)
    {
        var schema = id.Replace('-', '_');
        await using var scope = services.OpenScope(practice, Actor.System("module purge"));
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        await using var write = await work.BeginAsync(null, ct);
        await Bus.Subscriptions.LockAsync(work.Connection, ct);
        // Quoted by the pattern that made it an id: lower-case letters, digits and underscores.
        await work.Connection.ExecuteAsync($"drop schema if exists \"{schema}\" cascade", [], ct);
        foreach (var sql in Deletes)
        {
            await using var command = new NpgsqlCommand(sql, work.Connection)
            {
                Parameters = { new("id", id), new("schema", schema), new("own", $"{id}.") },
            };
            await command.ExecuteNonQueryAsync(ct);
        }

        var programs = await scope.ServiceProvider.GetRequiredService<ProgramPurge>().ForgetAsync(id, ct);
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(work, new(AuditTrail.Change, id, $"all data of the module deleted for ever, exported to {exported}", "modules"));
        await write.CommitAsync(ct);
        // A host that serves the practice meanwhile remembers its programs no longer.
        await services.GetRequiredService<Catalogue>().RaiseGateAsync(practice.Id, ct);
        return programs;
    }
}
