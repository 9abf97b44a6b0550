using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.PatientTables;

/// <summary>Merge, undo, export and erasure over core.patient_tables. The work is SQL (0020_patient_merge.sql), so that a module that is off takes part.</summary>
public sealed class PatientRecords(Work work, ScopeContext scope, AuditTrail trail, PatientExport export, TimeProvider clock) : IPatientRecords
{
    public async Task<IReadOnlyList<MergedTable>> PreviewMergeAsync(Guid kept, Guid gone, CancellationToken ct = default)
    {
        // Apart from the request's own connection: its notes for the access log must not be rolled back with the trial.
        await using var connection = await scope.Practice.OpenAsync(ct);
        await using var trial = await connection.BeginTransactionAsync(ct);
        var merge = Guid.CreateVersion7();
        await RunMergeAsync(connection, merge, kept, gone, "preview", ct);
        var tables = await connection.QueryAsync("""
            select schema_name, table_name, count(*) filter (where action = 'moved')::int, count(*) filter (where action = 'dropped')::int, count(*) filter (where action = 'stays')::int
            from core.patient_merge_rows where merge_id = $1 and not (schema_name = 'core' and table_name in ('search', 'tasks', 'patient_aliases'))
            group by 1, 2 order by 1, 2
            """, [merge], r => new MergedTable(r.GetString(0), r.GetString(1).Replace('_', ' '), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct);
        await trial.RollbackAsync(ct);
        return tables;
    }

    public async Task<PatientMerge> MergeAsync(Guid kept, Guid gone, string reason, CancellationToken ct = default)
    {
        await using var write = await work.BeginAsync(null, ct);
        var merge = Guid.CreateVersion7();
        var at = await RunMergeAsync(work.Connection, merge, kept, gone, reason, ct);
        Note("merged two records of a patient", merge, [kept, gone], reason);
        await write.CommitAsync(ct);
        return new(merge, kept, gone, at, scope.Actor.Name, reason, null, null);
    }

    public async Task<MergeUndone> UndoMergeAsync(Guid merge, CancellationToken ct = default)
    {
        await using var write = await work.BeginAsync(null, ct);
        var known = (await work.Connection.QueryAsync($"select {Columns} from core.patient_merges where id = $1 for update", [merge], Read, ct)).FirstOrDefault();
        if (known is null or { UndoneAt: not null })
        {
            throw new InvalidOperationException("This merge was taken back already.");
        }

        var since = await work.Connection.QueryAsync("select schema_name, table_name, rows from core.patient_rows_since($1, $2)",
            [known.KeptId, known.MergedAt], r => (r.GetString(0), r.GetString(1).Replace('_', ' '), r.GetInt32(2)), ct);
        (int Returned, int Missing) undone;
        try
        {
            undone = (await work.Connection.QueryAsync("select returned, missing from core.unmerge_patients($1, $2, $3)",
                [merge, clock.GetUtcNow(), scope.Actor.Name], r => (r.GetInt32(0), r.GetInt32(1)), ct))[0];
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            throw new InvalidOperationException("The record that was kept was merged into another since. Take that merge back first.");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation)
        {
            throw new InvalidOperationException($"A row cannot return to the old record: something there is in its way now ({e.TableName?.Replace('_', ' ')}).");
        }

        Note("took the merge of two records back", merge, [known.KeptId, known.GoneId], known.Reason);
        await write.CommitAsync(ct);
        return new(known.KeptId, known.GoneId, undone.Returned, undone.Missing, since);
    }

    public async Task<IReadOnlyList<PatientMerge>> MergesAsync(Guid? patient = null, CancellationToken ct = default) =>
        await (await work.OpenAsync(ct)).QueryAsync($"select {Columns} from core.patient_merges where $1::uuid is null or $1 in (kept_id, gone_id) order by merged_at desc limit 200",
            [Sql.Uuid(patient)], Read, ct);

    public async Task ExportAsync(Guid patient, string title, Stream zip, CancellationToken ct = default)
    {
        Note("exported everything of a patient", patient, [patient], null, AuditTrail.Access);
        await work.FlushAsync(ct);
        await export.WriteAsync(await work.OpenAsync(ct), patient, title, zip, ct);
    }

    public async Task<int> EraseAsync(Guid patient, string reason, CancellationToken ct = default)
    {
        await using var write = await work.BeginAsync(null, ct);
        var ids = await work.Connection.QueryAsync("""
            with recursive all_ids as (select $1::uuid as id union select m.gone_id from core.patient_merges m join all_ids a on m.kept_id = a.id where m.undone_at is null)
            select id from all_ids
            """, [patient], r => r.GetGuid(0), ct);
        var erased = 0;
        foreach (var id in ids)
        {
            erased += (await work.Connection.QueryAsync("select core.erase_patient($1)", [id], r => r.GetInt32(0), ct))[0];
            erased += (await work.Connection.QueryAsync("select audit.erase_values($1, $2, $3, $4, $5, $6, $7)",
                [id, Guid.CreateVersion7(), clock.GetUtcNow(), Sql.Uuid(scope.Actor.PersonId), scope.Actor.Name, scope.CorrelationId, reason], r => r.GetInt32(0), ct))[0];
        }

        await write.CommitAsync(ct);
        return erased;
    }

    private async Task<DateTimeOffset> RunMergeAsync(NpgsqlConnection connection, Guid merge, Guid kept, Guid gone, string reason, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        await connection.ExecuteAsync("select core.merge_patients($1, $2, $3, $4, $5, $6, $7)",
            [merge, kept, gone, at, Sql.Uuid(scope.Actor.PersonId), scope.Actor.Name, reason], ct);
        return at;
    }

    private void Note(string what, Guid row, IReadOnlyCollection<Guid> patients, string? reason, string log = AuditTrail.Change) =>
        trail.Add(work, new(log, LoadedModule.CoreId, what, log == AuditTrail.Change ? "patient_merges" : null, row, patients, reason));

    private const string Columns = "id, kept_id, gone_id, merged_at, merged_by_name, reason, undone_at, undone_by_name";

    private static PatientMerge Read(NpgsqlDataReader r) =>
        new(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetFieldValue<DateTimeOffset>(3), r.GetString(4), r.GetString(5), r.InstantOrNull(6), r.TextOrNull(7));
}
