using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Duplicates;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Merges;

/// <summary>Two records side by side, what a merge would move, and the merge itself. Asked for once more who it is.</summary>
public sealed class MergePatients(PatientsDb db, IAccessLog log, IPractice practice, IPatientRecords records, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Kept, Patient Gone, IReadOnlyList<Difference> Differences, IReadOnlyList<MergedTable> Tables, string? Reason,
        Duplicate? Pair);

    [HttpGet("/patients/merges/merge")]
    [Needs(PatientsPermissions.Merge)]
    [StepUp]
    public async Task<IActionResult> Get([Patient("merge")] Guid keep, [Patient("merge")] Guid gone, CancellationToken ct)
    {
        if (keep == gone || await OpenAsync(keep, ct) is not { } kept)
        {
            return Gone();
        }

        return await OpenAsync(gone, ct) is { } other ? Page(await ModelAsync(kept, other, null, ct)) : Gone();
    }

    [HttpPost("/patients/merges/merge")]
    [Needs(PatientsPermissions.Merge)]
    [StepUp]
    public async Task<IActionResult> Post([Patient("merge")] Guid keep, [Patient("merge")] Guid gone, string? reason, CancellationToken ct)
    {
        if (keep == gone || await OpenAsync(keep, ct) is not { } kept)
        {
            return Gone();
        }

        if (await OpenAsync(gone, ct) is not { } other)
        {
            return WentInto == keep ? Merged(keep) : Gone();
        }

        var why = Reading.Clean(reason);
        if (why is null or { Length: < 3 or > 300 })
        {
            Refuse("Reason", "Say how you know that they are one person (3 to 300 letters).");
            return Invalid(await ModelAsync(kept, other, reason, ct));
        }

        await using var write = await Db.BeginWriteAsync(ct);
        // Of two people who merge the same pair the second waits here, and then finds nothing left to do.
        await write.LockAsync([$"patient {gone}", Duplicate.Queue.Name], ct);
        if (!await Db.Patients.AnyAsync(p => p.Id == gone, ct))
        {
            return Merged(keep);
        }

        var merge = await records.MergeAsync(keep, gone, why, ct);
        await MergedInto.SetAsync(Db, gone, keep, ct);
        if (other.Restricted && !kept.Restricted)
        {
            // What was restricted of one of them is in the record that stays.
            kept.Restricted = true;
            await Db.SaveAndTellAsync(bus, [kept], Today, ct);
        }

        var pair = await PairAsync(keep, gone, ct);
        if (pair is not null)
        {
            // Saved and not updated by SQL: whoever took the pair has it in the inbox no longer.
            (pair.State, pair.DecidedAt, pair.DecidedBy) = (DuplicateState.Merged, Clock.GetUtcNow(), Actor.Name);
            await Db.SaveChangesAsync(ct);
        }

        await bus.PublishAsync(new PatientsMerged(keep, gone, Undone: false), new(Key: keep.ToString()));
        await write.CommitAsync(ct);
        var (said, undo) = ($"{other.RecordNumber} is merged into {kept.RecordNumber}.", $"/patients/merges/{merge.Id}/undo");
        return pair is null ? Done($"/patients/charts/{keep}", said, undo)
            : await DoneNextAsync(Duplicate.Queue, Db, pair.Id, $"/patients/charts/{keep}", said, ct, undo);
    }

    private Task<Duplicate?> PairAsync(Guid one, Guid other, CancellationToken ct) => Db.Duplicates.FirstOrDefaultAsync(d =>
        d.State == DuplicateState.Open && ((d.FirstId == one && d.SecondId == other) || (d.FirstId == other && d.SecondId == one)), ct);

    private IActionResult Merged(Guid kept) => Done($"/patients/charts/{kept}", "Somebody else merged these records a moment ago.");

    private async Task<Model> ModelAsync(Patient kept, Patient gone, string? reason, CancellationToken ct) => new(kept, gone,
        Difference.Between(PatientForm.Of(kept, []), PatientForm.Of(gone, [])), await records.PreviewMergeAsync(kept.Id, gone.Id, ct), reason,
        await PairAsync(kept.Id, gone.Id, ct));
}

/// <summary>The one mark that takes a merged record out of every list. Not counted as a change: taking the merge back leaves the row as it was.</summary>
public static class MergedInto
{
    public static Task SetAsync(PatientsDb db, Guid gone, Guid? kept, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update patients.patients set merged_into = {kept} where id = {gone}", ct);
}
