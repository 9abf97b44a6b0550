using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Duplicates;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Merges;

/// <summary>Merges two records, for the person at the page and for who approved it alike.</summary>
public sealed class Merger(PatientsDb db, IPatientRecords records, IMessageBus bus, Actor actor, TimeProvider clock)
{
    /// <returns>Null when somebody else merged the second record meanwhile.</returns>
    public async Task<PatientMerge?> MergeAsync(Patient kept, Patient gone, string why, DateOnly today, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        // Of two people who merge the same pair the second waits here, and then finds nothing left to do.
        await write.LockAsync([$"patient {gone.Id}", Duplicate.Queue.Name], ct);
        if (!await db.Patients.AnyAsync(p => p.Id == gone.Id, ct))
        {
            return null;
        }

        var merge = await records.MergeAsync(kept.Id, gone.Id, why, ct);
        await MergedInto.SetAsync(db, gone.Id, kept.Id, ct);
        if (gone.Restricted && !kept.Restricted)
        {
            // What was restricted of one of them is in the record that stays.
            kept.Restricted = true;
            await db.SaveAndTellAsync(bus, [kept], today, ct);
        }

        // Plans of the record that is gone are the kept patient's own now, by the name and address of that record.
        await db.TellHeldAsync(bus, [kept.Id], today, ct);
        if (await PairAsync(kept.Id, gone.Id, ct) is { } pair)
        {
            // Saved and not updated by SQL: whoever took the pair has it in the inbox no longer.
            (pair.State, pair.DecidedAt, pair.DecidedBy) = (DuplicateState.Merged, clock.GetUtcNow(), actor.Name);
            await db.SaveChangesAsync(ct);
        }

        await bus.PublishAsync(new PatientsMerged(kept.Id, gone.Id, Undone: false), new(Key: kept.Id.ToString()));
        await write.CommitAsync(ct);
        return merge;
    }

    /// <summary>The two on the list of possible duplicates, while nobody has judged them.</summary>
    public Task<Duplicate?> PairAsync(Guid one, Guid other, CancellationToken ct) => db.Duplicates.FirstOrDefaultAsync(d =>
        d.State == DuplicateState.Open && ((d.FirstId == one && d.SecondId == other) || (d.FirstId == other && d.SecondId == one)), ct);
}

/// <summary>
/// The one mark that takes a merged record out of every list. Not counted as a change: taking the merge back leaves the row as it was.
/// </summary>
public static class MergedInto
{
    public static Task SetAsync(PatientsDb db, Guid gone, Guid? kept, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update patients.patients set merged_into = {kept} where id = {gone}", ct);
}
