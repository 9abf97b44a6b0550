using Microsoft.EntityFrameworkCore;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Sdk.Core;
using Npgsql;

namespace Modular.Host.Retention;

/// <summary>
/// Disposes of the next records of one kind. Each is judged again first: held since, or seen again, it is kept. Rows that something else refers
/// to are kept too.
/// </summary>
public sealed class DisposalBatch(RetentionDb db, RetentionClasses classes, Work work, IPatientRecords patients, IMessageBus bus, AuditTrail trail)
{
    /// <summary>Few enough that whoever works meanwhile does not wait for them.</summary>
    private const int Rows = 1_000;

    /// <summary>A patient is rows of every table.</summary>
    private const int Patients = 20;

    /// <returns>False when none was left.</returns>
    public async Task<bool> NextAsync(DisposalRun run, CancellationToken ct)
    {
        var first = await db.Items.AsNoTracking().Where(i => i.RunId == run.Id && i.State == DisposalItemState.Proposed)
            .OrderBy(i => i.Number).Select(i => i.Kind).FirstOrDefaultAsync(ct);
        if (first is null)
        {
            return false;
        }

        var known = classes.Find(first);
        var ids = await work.Connection.QueryAsync("""
            select record_id from core.disposal_items where run_id = $1 and state = 'proposed' and kind = $2 order by number limit $3
            """, [run.Id, first, known?.Class.WholePatient == true ? Patients : Rows], r => r.GetGuid(0), ct);
        if (known is null || !await RetentionLook.IsThereAsync(work.Connection, known, ct))
        {
            await KeepAsync(run, first, ids, "Its module is not installed any more.", ct);
            return true;
        }

        var due = await StillDueAsync(run, known, ids, ct);
        await KeepAsync(run, first, [.. ids.Except(due)], "It is held, was seen again or is gone since the review.", ct);
        var gone = known.Class.WholePatient ? await EraseAsync(run, due, ct) : await DeleteAsync(known, due, ct);
        await KeepAsync(run, first, [.. due.Except(gone)], "Something that is kept refers to it.", ct);
        await work.Connection.ExecuteAsync(
            "update core.disposal_items set state = 'disposed', label = null where run_id = $1 and kind = $2 and record_id = any($3)",
            [run.Id, first, gone.ToArray()], ct);
        if (gone.Count > 0)
        {
            trail.Add(work, new(AuditTrail.Change, first.Split('.')[0], $"disposed of {Said.Many(gone.Count, "record")} of the kind {first}",
                "disposal_runs", run.Id, Reason: run.Reason));
            await bus.PublishAsync(new RecordsDisposed(run.Id, first, gone), new(Key: $"{run.Id}", Bulk: true));
        }

        return true;
    }

    private Task<List<Guid>> StillDueAsync(DisposalRun run, KnownClass known, List<Guid> ids, CancellationToken ct) => work.Connection.QueryAsync(
        $"select id from {known.Rows(few: true)} y where id = any($1) and kept_until < $2 and not held order by id", [ids.ToArray(), run.JudgedOn],
            r => r.GetGuid(0), ct);

    private async Task<List<Guid>> EraseAsync(DisposalRun run, List<Guid> ids, CancellationToken ct)
    {
        foreach (var id in ids)
        {
            await patients.EraseAsync(id, $"Time over: {run.Reason}"[..Math.Min(300, run.Reason!.Length + 11)], ct);
        }

        return ids;
    }

    private async Task<List<Guid>> DeleteAsync(KnownClass known, List<Guid> ids, CancellationToken ct)
    {
        if (await TryDeleteAsync(known, ids, ct) is { } all)
        {
            return all;
        }

        // One of them is referred to: find out which.
        var gone = new List<Guid>();
        foreach (var id in ids)
        {
            gone.AddRange(await TryDeleteAsync(known, [id], ct) ?? []);
        }

        return gone;
    }

    private async Task<List<Guid>?> TryDeleteAsync(KnownClass known, List<Guid> ids, CancellationToken ct)
    {
        var (module, kind) = (known.Module.Id, known.Class.Id);
        await work.Connection.ExecuteAsync("savepoint dispose", [], ct);
        try
        {
            var gone = await work.Connection.QueryAsync($"delete from {known.Table} where id = any($1) returning id",
                [ids.ToArray()], r => r.GetGuid(0), ct);
            await work.Connection.ExecuteAsync("""
                with s as (delete from core.search where module = $1 and entity_id = any($2)),
                    t as (delete from core.tasks where module = $1 and entity_id = any($2))
                select core.drop_attachments(array(select id from core.attachments where kind = $3 and row_id = any($2)))
                """, [module, gone.ToArray(), kind], ct);
            return gone;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation
            or PostgresErrorCodes.InsufficientPrivilege)
        {
            await work.Connection.ExecuteAsync("rollback to savepoint dispose", [], ct);
            return null;
        }
    }

    private async Task KeepAsync(DisposalRun run, string kind, IReadOnlyCollection<Guid> ids, string why, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            await work.Connection.ExecuteAsync(
                "update core.disposal_items set state = 'kept', why = $4 where run_id = $1 and kind = $2 and record_id = any($3)",
                [run.Id, kind, ids.ToArray(), why], ct);
        }
    }
}
