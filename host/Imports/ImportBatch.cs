using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Imports;

/// <summary>Applies or takes back the next rows of an import inside the caller's transaction.</summary>
public sealed class ImportBatch(NpgsqlConnection connection, ImportKind kind, Import import)
{
    private sealed record StoredRow(int Number, string[]? Columns);

    private sealed record Judged(int Number, string Outcome, string? Errors, Guid? EntityId, bool Created, int Version, string? Before);

    /// <returns>How many rows were done; fewer than asked for at the end only, or before a source id that came already.</returns>
    public async Task<int> ApplyAsync(int size, string? fault, CancellationToken ct)
    {
        var dryRun = import.State == Import.Checking;
        var rows = await RowsAsync(size, ct);
        rows = dryRun ? rows : UpToRepeated(rows);
        // A row taken before a cancel or crash is never applied again: its columns are gone.
        var open = rows.Where(r => r.Columns is not null).Select(r => (Row: r, Values: new ImportRow(r.Number, Values(r.Columns!)))).ToList();
        var judged = open.Select(r => (r.Values, Fault: fault ?? ShapeFault(r.Row.Columns!) ?? MissingFault(r.Values))).ToList();
        var good = judged.Where(j => j.Fault is null).Select(j => j.Values).ToList();
        if (good.Count > 0)
        {
            await kind.PrepareAsync(good, dryRun, ct);
        }

        var results = new List<Judged>(judged.Count);
        foreach (var (row, wrong) in judged)
        {
            results.Add(wrong is null ? Judge(row, await kind.ApplyAsync(row, dryRun, ct)) : new(row.Number, "refused", wrong, null, false, 0, null));
        }

        if (!dryRun && good.Count > 0)
        {
            await kind.SaveAsync(ct);
        }

        // A check changes nothing but the list of what would be refused.
        await StoreAsync(dryRun ? [.. results.Where(r => r.Outcome == "refused")] : results, keepColumns: dryRun, ct);
        await CountAsync(results, rows.Count, ct);
        return rows.Count;
    }

    /// <summary>
    /// One entity at a time, the last first: what several rows of the file did to it comes off together, so that it is judged
    /// untouched by its last version and restored to what it was before the first.
    /// </summary>
    public async Task<int> UndoAsync(int size, string? fault, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("""
            select entity_id, bool_or(was_created), max(version), (array_agg(before order by number))[1] from core.import_rows
            where import_id = $1 and columns is null and outcome in ('created', 'updated')
            group by entity_id order by max(number) desc limit $2
            """, [import.Id, size], r => new ImportedRow(r.GetGuid(0), r.GetBoolean(1), r.GetInt32(2), r.TextOrNull(3)), ct);
        var reasons = new List<string?>(rows.Count);
        if (fault is null)
        {
            await kind.PrepareUndoAsync(rows, ct);
        }

        foreach (var row in rows)
        {
            reasons.Add(fault ?? await kind.UndoAsync(row, ct));
        }

        if (fault is null)
        {
            await kind.SaveAsync(ct);
        }

        await connection.ExecuteAsync("""
            with taken as (
                update core.import_rows r set outcome = case when j.reason is null then 'undone' else 'stays' end, errors = j.reason
                from unnest($2, $3) as j(entity_id, reason)
                where r.import_id = $1 and r.entity_id = j.entity_id and r.columns is null and r.outcome in ('created', 'updated')
                returning r.outcome
            )
            update core.imports set undone = undone + (select count(*) from taken where outcome = 'undone') where id = $1
            """, [import.Id, rows.Select(r => r.EntityId).ToArray(), Texts(reasons)], ct);
        return rows.Count;
    }

    private List<StoredRow> UpToRepeated(List<StoredRow> rows)
    {
        var source = kind.Fields.FirstOrDefault(f => f.SourceId)?.Id;
        var seen = new HashSet<string>();
        return source is null ? rows : [.. rows.TakeWhile(r => r.Columns is null || !Values(r.Columns).TryGetValue(source, out var key) || seen.Add(key))];
    }

    private Judged Judge(ImportRow row, ImportResult result)
    {
        var errors = result.Outcome == ImportOutcome.Refused
            ? string.Join(" ", (result.Errors ?? []).Select(e => kind.Fields.FirstOrDefault(f => f.Id == e.Field) is { } f ? $"{f.Title}: {e.Sentence}" : e.Sentence))
            : null;
        return new(row.Number, result.Outcome.ToString().ToLowerInvariant(), errors, result.EntityId, result.Outcome == ImportOutcome.Created, result.Version, result.Before);
    }

    private string? ShapeFault(string[] columns) => columns.Length > import.Headings.Length && columns.Skip(import.Headings.Length).Any(c => c.Length > 0)
        ? $"The row has {columns.Length} columns, the headings {import.Headings.Length}; a comma or a quotation mark is probably misplaced."
        : null;

    private string? MissingFault(ImportRow row)
    {
        var missing = kind.Fields.Where(f => f.Required && row[f.Id] is null).Select(f => f.Title).ToList();
        return missing.Count == 0 ? null : $"{string.Join(", ", missing)}: missing.";
    }

    private Dictionary<string, string> Values(string[] columns) => import.Mapping
        .Where(m => m.Value < columns.Length && columns[m.Value].Length > 0)
        .ToDictionary(m => m.Key, m => columns[m.Value]);

    private Task<List<StoredRow>> RowsAsync(int size, CancellationToken ct) => connection.QueryAsync(
        "select number, columns from core.import_rows where import_id = $1 and number > $2 order by number limit $3",
        [import.Id, import.Position, size], r => new StoredRow(r.GetInt32(0), r.IsDBNull(1) ? null : r.GetFieldValue<string[]>(1)), ct);

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
