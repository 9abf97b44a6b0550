using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Retention;

/// <summary>Begins the run that a second person approved; one that was rejected or taken back can be reviewed again.</summary>
public sealed class DisposalDecidedHandler(RetentionDb db, IProgress progress, IMessageBus bus)
{
    public async Task HandleAsync(ApprovalDecided decided, CancellationToken ct)
    {
        if (decided.Kind != DisposalProposals.Kind.Id || !Guid.TryParse(decided.Key, out var id))
        {
            return;
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        if (await db.Runs.FirstOrDefaultAsync(r => r.Id == id && r.State == DisposalState.Asked, ct) is not { } run)
        {
            return;
        }

        (run.DecidedBy, run.DecidedAt, run.Note) = (decided.DecidedBy, decided.DecidedAt, decided.Note);
        run.State = decided.Approved ? DisposalState.Running : DisposalState.Review;
        if (decided.Approved)
        {
            var count = await db.Items.CountAsync(i => i.RunId == id && i.State == DisposalItemState.Proposed, ct);
            run.Work = await progress.BeginAsync($"Disposal of {Said.Many(count, "record")}", $"/retention/runs/{id}", count, ct);
            await bus.SendAsync(new ContinueDisposal(id), new(Bulk: true));
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
