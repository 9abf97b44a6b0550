using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Duplicates;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Merges;

/// <summary>Two records side by side, what a merge would move, and the merge itself. Asked for once more who it is.</summary>
public sealed class MergePatients(PatientsDb db, IAccessLog log, IPractice practice, IPatientRecords records, Merger merger, IApprovals approvals,
    ISettings<PatientsSettings> settings) : PatientSlice(db, log, practice)
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

        var pair = await merger.PairAsync(keep, gone, ct);
        if ((await settings.GetAsync(ct: ct)).MergeNeedsTwo)
        {
            var asked = await approvals.AskAsync(MergeApproval.Kind, MergeApproval.Request(kept, other, why), ct)
                ?? $"{MergeApproval.Subject(kept, other)} is asked for. Another person who may merge decides it under Approvals.";
            return await NextAsync(pair, keep, asked, null, ct);
        }

        if (await merger.MergeAsync(kept, other, why, Today, ct) is not { } merge)
        {
            return Merged(keep);
        }

        var (said, undo) = ($"{other.RecordNumber} is merged into {kept.RecordNumber}.", $"/patients/merges/{merge.Id}/undo");
        return await NextAsync(pair, keep, said, undo, ct);
    }

    private async Task<IActionResult> NextAsync(Duplicate? pair, Guid kept, string said, string? undo, CancellationToken ct) =>
        pair is null ? Done($"/patients/charts/{kept}", said, undo)
        : await DoneNextAsync(Duplicate.Queue, Db, pair.Id, $"/patients/charts/{kept}", said, ct, undo);

    private IActionResult Merged(Guid kept) => Done($"/patients/charts/{kept}", "Somebody else merged these records a moment ago.");

    private async Task<Model> ModelAsync(Patient kept, Patient gone, string? reason, CancellationToken ct) => new(kept, gone,
        Difference.Between(PatientForm.Of(kept, []), PatientForm.Of(gone, [])), await records.PreviewMergeAsync(kept.Id, gone.Id, ct), reason,
        await merger.PairAsync(kept.Id, gone.Id, ct));
}
