using System.Text.Json;
using Modular.Host.Disk;
using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Practices;

/// <summary>A whole practice in open formats: one CSV a table, what the columns mean to PostgreSQL, and the stored files as they were.</summary>
public static class PracticeExport
{
    private const string Tables = """
        select n.nspname, c.relname,
               (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition
          and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
        order by 1, 2
        """;

    // Secrets leave with no export: a practice that moves invites its people anew and types its keys again.
    private static readonly HashSet<string> Secrets =
        ["core.person_tokens", "core.person_passkeys", "core.sessions", "core.invitations", "core.person_logins", "core.secrets", "core.program_tokens"];

    public static async Task<int> WriteAsync(Practice practice, string folder, CancellationToken ct)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty; an export never overwrites.");
        }

        PrivateFiles.CreateFolder(folder);
        // One that was made before is closed as well.
        PrivateFiles.Close(folder, passed: false);

        await using var connection = await practice.OpenAsync(ct);
        // One snapshot for all tables: what belongs together stays together while people work.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var tables = await TablesAsync(connection, ct);
        var written = tables.Where(t => !Secrets.Contains($"{t.Schema}.{t.Name}")).ToList();
        foreach (var (schema, name, columns) in written)
        {
            await using var target = PrivateFiles.Create(Path.Combine(folder, $"{schema}.{name}.csv"));
            await CopyAsync(connection, $"select {columns} from \"{schema}\".\"{name}\"", target, ct);
        }

        await PrivateFiles.WriteAsync(Path.Combine(folder, "tables.json"), JsonSerializer.Serialize(
            written.Select(t => new { schema = t.Schema, table = t.Name, columns = t.Columns.Split(", ") }), Indented), ct);
        return written.Count;
    }

    /// <summary>Every table that holds rows of its own, with its columns, quoted.</summary>
    public static Task<List<(string Schema, string Name, string Columns)>> TablesAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.QueryAsync(Tables, [], r => (r.GetString(0), r.GetString(1), r.GetString(2)), ct);

    /// <summary>Every value as PostgreSQL writes it, but that no spreadsheet runs it.</summary>
    /// <param name="select">Made of names from the database's own catalogue, quoted by it.</param>
    public static async Task CopyAsync(NpgsqlConnection connection, string select, Stream target, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(select, connection) { AllResultTypesAreUnknown = true, CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await using var writer = new StreamWriter(target, leaveOpen: true);
        await writer.WriteAsync(Csv.Line(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)));
        while (await reader.ReadAsync(ct))
        {
            await writer.WriteAsync(Csv.Line(Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))));
        }
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
