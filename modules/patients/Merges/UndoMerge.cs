using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Merges;

/// <summary>Takes a merge back. What was made since stays with the record that was kept, and is said.</summary>
public sealed class UndoMerge(PatientsDb db, IPatientRecords records, IMessageBus bus, IAccessLog log, IPractice practice) : Slice
{
    [HttpPost("/patients/merges/{id:guid}/undo")]
    [Needs(PatientsPermissions.Merge)]
    [StepUp]
    public async Task<IActionResult> Post(Guid id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        MergeUndone undone;
        try
        {
            undone = await records.UndoMergeAsync(id, ct);
        }
        catch (InvalidOperationException refused)
        {
            return Done("/patients/merges", refused.Message);
        }

        await MergedInto.SetAsync(db, undone.GoneId, null, ct);
        await db.TellHeldAsync(bus, [undone.KeptId, undone.GoneId], WallTime.Today(Clock, practice.Zone), ct);
        await bus.PublishAsync(new PatientsMerged(undone.KeptId, undone.GoneId, Undone: true), new(Key: undone.KeptId.ToString()));
        log.Listed([undone.KeptId, undone.GoneId], "merge taken back");
        await write.CommitAsync(ct);
        var since = undone.Since.Count == 0 ? "" : $" Made since, and still with the record that was kept: {string.Join(", ", undone.Since.Select(s => $"{s.Rows} in {s.Table}"))}.";
        return Done("/patients/merges", $"Both records are back: {Said.Many(undone.Returned, "row")} returned{(undone.Missing > 0 ? $", {undone.Missing} were deleted meanwhile" : "")}.{since}");
    }
}
