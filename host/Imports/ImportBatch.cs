using Modular.Host.Data;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Imports;

/// <summary>Applies or takes back the next rows of an import inside the caller's transaction.</summary>
public sealed class ImportBatch(NpgsqlConnection connection, ImportKind kind, Import import)
{
    private sealed record StoredRow(int Number, string[]? Columns, string? Outcome, Guid? EntityId, bool Created, int Version, string? Before);

    private sealed record Judged(int Number, string Outcome, string? Errors, Guid? EntityId, bool Created, int Version, string? Before);

    /// <returns>How many rows were done.</returns>
    public async Task<int> ApplyAsync(int size, string? fault, CancellationToken ct)
    {
        var dryRun = import.State == Import.Checking;
        var rows = await RowsAsync("number > $2 order by number limit $3", import.Position, size, ct);
        var source = kind.Fields.FirstOrDefault(f => f.SourceId)?.Id;
        var unsaved = new HashSet<string>();
        var judged = new List<Judged>(rows.Count);
        foreach (var row in rows)
        {
            // A row taken before a cancel or crash is never applied again: its columns are gone.
            if (row.Columns is null)
            {
                continue;
            }

            var values = Values(row.Columns);
            if (!dryRun && source is not null && values.GetValueOrDefault(source) is { } key && !unsaved.Add(key))
            {
                await kind.SaveAsync(ct);
                unsaved.Clear();
            }

            judged.Add(await JudgeAsync(row, values, fault, dryRun, ct));
        }

        if (!dryRun)
        {
            await kind.SaveAsync(ct);
        }

        await StoreAsync(judged, keepColumns: dryRun, ct);
        await CountAsync(judged, rows.Count, ct);
        return rows.Count;
    }

    public async Task<int> UndoAsync(int size, string? fault, CancellationToken ct)
    {
        // From the last to the first: what two rows of the file did to one entity comes off in turn.
        var rows = await RowsAsync("outcome in ('created', 'updated') and $2 >= 0 order by number desc limit $3", 0, size, ct);
        var judged = new List<Judged>(rows.Count);
        foreach (var row in rows)
        {
            var stays = fault ?? await kind.UndoAsync(new(row.EntityId!.Value, row.Created, row.Version, row.Before), ct);
            judged.Add(new(row.Number, stays is null ? "undone" : "stays", stays, row.EntityId, row.Created, row.Version, row.Before));
        }

        if (fault is null)
        {
            await kind.SaveAsync(ct);
        }

        await StoreAsync(judged, keepColumns: true, ct);
        await connection.ExecuteAsync("update core.imports set undone = undone + $2 where id = $1", [import.Id, judged.Count(j => j.Outcome == "undone")], ct);
        return rows.Count;
    }

    private async Task<Judged> JudgeAsync(StoredRow row, Dictionary<string, string> values, string? fault, bool dryRun, CancellationToken ct)
    {
        if ((fault ?? ShapeFault(row.Columns!) ?? MissingFault(values)) is { } wrong)
        {
            return new(row.Number, "refused", wrong, null, false, 0, null);
        }

        var result = await kind.ApplyAsync(new(row.Number, values), dryRun, ct);
        var outcome = result.Outcome.ToString().ToLowerInvariant();
        var errors = result.Outcome == ImportOutcome.Refused
            ? string.Join(" ", (result.Errors ?? []).Select(e => kind.Fields.FirstOrDefault(f => f.Id == e.Field) is { } f ? $"{f.Title}: {e.Sentence}" : e.Sentence))
            : null;
        return new(row.Number, outcome, errors, result.EntityId, result.Outcome == ImportOutcome.Created, result.Version, result.Before);
    }

    private string? ShapeFault(string[] columns) => columns.Length > import.Headings.Length && columns.Skip(import.Headings.Length).Any(c => c.Length > 0)
        ? $"The row has {columns.Length} columns, the headings {import.Headings.Length}; a comma or a quotation mark is probably misplaced."
        : null;

    private string? MissingFault(Dictionary<string, string> values)
    {
        var missing = kind.Fields.Where(f => f.Required && !values.ContainsKey(f.Id)).Select(f => f.Title).ToList();
        return missing.Count == 0 ? null : $"{string.Join(", ", missing)}: missing.";
    }

    private Dictionary<string, string> Values(string[] columns) => import.Mapping
        .Where(m => m.Value < columns.Length && columns[m.Value].Length > 0)
        .ToDictionary(m => m.Key, m => columns[m.Value]);

    private Task<List<StoredRow>> RowsAsync(string where, int position, int size, CancellationToken ct) => connection.QueryAsync(
        $"select number, columns, outcome, entity_id, was_created, version, before from core.import_rows where import_id = $1 and {where}",
        [import.Id, position, size],
        r => new StoredRow(r.GetInt32(0), r.IsDBNull(1) ? null : r.GetFieldValue<string[]>(1), r.TextOrNull(2), r.GuidOrNull(3), r.GetBoolean(4), r.GetInt32(5), r.TextOrNull(6)), ct);

    private async Task StoreAsync(List<Judged> rows, bool keepColumns, CancellationToken ct)
    {
        await using var update = connection.Command("""
            update core.import_rows r set outcome = j.outcome, errors = j.errors, entity_id = j.entity_id, was_created = j.was_created, version = j.version,
                before = j.before, columns = case when $9 or j.outcome = 'refused' then r.columns end
            from unnest($2, $3, $4, $5, $6, $7, $8) as j(number, outcome, errors, entity_id, was_created, version, before)
            where r.import_id = $1 and r.number = j.number
            """,
            import.Id,
            rows.Select(r => r.Number).ToArray(),
            rows.Select(r => r.Outcome).ToArray(),
            Texts(rows.Select(r => r.Errors)),
            new NpgsqlParameter { Value = rows.Select(r => r.EntityId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            rows.Select(r => r.Created).ToArray(),
            rows.Select(r => r.Version).ToArray(),
            Texts(rows.Select(r => r.Before)),
            keepColumns);
        await update.ExecuteNonQueryAsync(ct);
    }

    private Task<int> CountAsync(List<Judged> rows, int done, CancellationToken ct) => connection.ExecuteAsync("""
        update core.imports set position = position + $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5, refused = refused + $6 where id = $1
        """,
        [import.Id, done, .. new[] { "created", "updated", "unchanged", "refused" }.Select(o => (object)rows.Count(r => r.Outcome == o))], ct);

    private static NpgsqlParameter Texts(IEnumerable<string?> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
