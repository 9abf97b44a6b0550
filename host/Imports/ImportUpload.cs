using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Imports;

/// <summary>Takes a file in as it is: every row is kept before anything is made of it. Rows stream through; memory does not grow with the file.</summary>
public sealed class ImportUpload(Work work, ScopeContext scope, TimeProvider clock)
{
    /// <exception cref="CsvRefusedException">Not a table, or without rows.</exception>
    public async Task<Guid> StoreAsync(ImportKind kind, Stream content, string fileName, CancellationToken ct)
    {
        if (await FhirFile.IsAsync(content, ct))
        {
            using var resources = await FhirFile.OpenAsync(kind, content, ct);
            return await StoreAsync(kind, fileName, resources.Headings, resources.Mapping, "utf-8", "", resources.Sha256, resources.Read, ct);
        }

        using var file = await CsvFile.OpenAsync(content, ct);
        return await StoreAsync(kind, fileName, file.Headings, null, file.EncodingName, file.Delimiter.ToString(), file.Sha256, file.Read, ct);
    }

    private async Task<Guid> StoreAsync(
        ImportKind kind, string fileName, string[] headings, Dictionary<string, int>? known, string encoding, string delimiter, string sha256, Func<string[]?> read, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await using var write = await work.BeginAsync(null, ct);
        var mapping = known ?? await RememberedAsync(kind, headings, ct) ?? ColumnGuess.Of(kind.Fields, headings);
        await work.Connection.ExecuteAsync("""
            insert into core.imports (id, kind, file_name, sha256, headings, encoding, delimiter, mapping, state, started_by, started_by_name, started_at, step_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, 'uploaded', $9, $10, $11, $11)
            """,
            [
                id, kind.Id, Files.Files.Clean(fileName), sha256, headings, encoding, delimiter,
                System.Text.Json.JsonSerializer.Serialize(mapping), Sql.Uuid(scope.Actor.PersonId), scope.Actor.Name, clock.GetUtcNow(),
            ], ct);
        var total = await CopyAsync(read, id, ct);
        if (total == 0)
        {
            throw new CsvRefusedException("The file has headings but no rows.");
        }

        await work.Connection.ExecuteAsync("update core.imports set total = $2 where id = $1", [id, total], ct);
        await write.CommitAsync(ct);
        return id;
    }

    private async Task<int> CopyAsync(Func<string[]?> read, Guid id, CancellationToken ct)
    {
        await using var copy = await work.Connection.BeginBinaryImportAsync("copy core.import_rows (import_id, number, columns) from stdin (format binary)", ct);
        var number = 0;
        while (read() is { } row)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(++number, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(row, NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
        }

        await copy.CompleteAsync(ct);
        return number;
    }

    private async Task<Dictionary<string, int>?> RememberedAsync(ImportKind kind, string[] headings, CancellationToken ct)
    {
        var found = await work.Connection.QueryAsync("select mapping::text from core.import_mappings where kind = $1 and headings = $2", [kind.Id, headings], r => r.GetString(0), ct);
        return found.Count == 0 ? null : System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, int>>(found[0]);
    }
}
