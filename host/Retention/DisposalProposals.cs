using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>Opens runs and puts them before a second person.</summary>
public sealed class DisposalProposals(
    RetentionDb db, RetentionClasses classes, IApprovals approvals, IMessageBus bus, IPractice practice, Actor actor, TimeProvider clock)
{
    public static readonly ApprovalKind Kind = new("core.disposal", "Disposal of records", RetentionClasses.Approve);

    /// <summary>A run over everything that is over, or over one record.</summary>
    /// <exception cref="DbUpdateException">Another run is open.</exception>
    public async Task<DisposalRun> ProposeAsync(KnownClass? only, Guid? one, CancellationToken ct)
    {
        var run = new DisposalRun { JudgedOn = WallTime.Today(clock, practice.Zone), ProposedBy = actor.Name, ProposedAt = clock.GetUtcNow() };
        await using var write = await db.BeginWriteAsync(ct);
        db.Add(run);
        var terms = await db.Terms.ToDictionaryAsync(t => t.Kind, t => t.Years, ct);
        foreach (var c in (only is null ? classes.All : [only]).Select(k => k.Class))
        {
            db.Add(new DisposalKind
            {
                RunId = run.Id, Kind = c.Id, Title = c.Title, Years = Math.Max(c.Years, terms.GetValueOrDefault(c.Id)),
                Citation = c.Citation, AsOf = c.AsOf, One = one,
            });
        }

        await db.SaveChangesAsync(ct);
        await bus.SendAsync(new ContinueDisposal(run.Id), new(Bulk: true));
        await write.CommitAsync(ct);
        return run;
    }

    /// <returns>Why it was not asked for; null when it was.</returns>
    public async Task<string?> AskAsync(Guid id, string? why, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        var run = await db.Runs.FirstAsync(r => r.Id == id, ct);
        if (run.State != DisposalState.Review)
        {
            return "This run is not in review any more.";
        }

        if (Reading.Clean(why) is not { Length: >= 3 and <= 300 } reason)
        {
            return "Say why these records go, in 3 to 300 letters.";
        }

        var count = await db.Items.CountAsync(i => i.RunId == id && i.State == DisposalItemState.Proposed, ct);
        if (count == 0)
        {
            return "No record is left in this run. Discard it.";
        }

        if (await approvals.AskAsync(Kind, new($"{id}", $"Dispose of {Said.Many(count, "record")} whose time is over", reason,
            $"/retention/runs/{id}"), ct) is { } refused)
        {
            return refused;
        }

        (run.State, run.Reason, run.DecidedBy, run.DecidedAt, run.Note) = (DisposalState.Asked, reason, null, null, null);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return null;
    }

    /// <returns>Why it was not; null when it was.</returns>
    public async Task<string?> DiscardAsync(Guid id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        var run = await db.Runs.FirstAsync(r => r.Id == id, ct);
        if (run.State is not (DisposalState.Review or DisposalState.Collecting))
        {
            return run.State == DisposalState.Asked ? "A second person decides on it. Take the request back first." : "This run has begun or ended.";
        }

        (run.State, run.EndedAt) = (DisposalState.Discarded, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        // What was only proposed is nobody's business any more.
        await db.Items.Where(i => i.RunId == id).ExecuteDeleteAsync(ct);
        await write.CommitAsync(ct);
        return null;
    }
}
