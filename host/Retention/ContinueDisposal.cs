using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>Look through the next kind, or dispose of the next records. Sent again until there is nothing to do.</summary>
[Message("core.continue-disposal.v1", OneHandler = true)]
public sealed record ContinueDisposal(Guid RunId);

/// <summary>A step commits with all it did, so that a stop repeats nothing and loses nothing.</summary>
public sealed class ContinueDisposalHandler(
    RetentionDb db, Work work, DisposalCollector collector, DisposalBatch batch, IProgress progress, TimeProvider clock)
{
    public async Task<OutgoingMessage?> HandleAsync(ContinueDisposal message, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == message.RunId, ct);
        var more = run?.State switch
        {
            DisposalState.Collecting => await CollectAsync(run, ct),
            DisposalState.Running => await DisposeAsync(run, ct),
            _ => false,
        };
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return more ? new(message, new(Bulk: true)) : null;
    }

    private async Task<bool> CollectAsync(DisposalRun run, CancellationToken ct)
    {
        if (await db.Kinds.Where(k => k.RunId == run.Id && !k.Collected).OrderBy(k => k.Kind).FirstOrDefaultAsync(ct) is not { } next)
        {
            run.State = DisposalState.Review;
            return false;
        }

        await collector.CollectAsync(run, next, ct);
        next.Collected = true;
        return true;
    }

    private async Task<bool> DisposeAsync(DisposalRun run, CancellationToken ct)
    {
        var stopped = await progress.IsCanceledAsync(run.Work!.Value, ct);
        if (!stopped && await batch.NextAsync(run, ct))
        {
            var done = await CountAsync(run, "state in ('disposed', 'kept')", ct);
            await progress.ReportAsync(run.Work.Value, done, ct);
            return true;
        }

        run.State = stopped ? DisposalState.Stopped : DisposalState.Done;
        run.EndedAt = clock.GetUtcNow();
        run.Digest = (await work.Connection.QueryAsync("""
            select encode(sha256(convert_to(coalesce(string_agg(kind || ' ' || record_id, E'\n' order by number), ''), 'UTF8')), 'hex')
            from core.disposal_items where run_id = $1 and state = 'disposed'
            """, [run.Id], r => r.GetString(0), ct))[0];
        var (gone, kept) = (await CountAsync(run, "state = 'disposed'", ct), await CountAsync(run, "state = 'kept'", ct));
        var also = (kept == 0 ? "" : $", {Said.Count(kept)} kept after all") + (stopped ? "; stopped before the end" : "");
        await progress.EndAsync(run.Work.Value, $"{Said.Many(gone, "record")} disposed of{also}", ct: ct);
        return false;
    }

    private async Task<long> CountAsync(DisposalRun run, string which, CancellationToken ct) =>
        (await work.Connection.QueryAsync($"select count(*) from core.disposal_items where run_id = $1 and {which}", [run.Id], r => r.GetInt64(0),
            ct))[0];
}
