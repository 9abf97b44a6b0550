using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Patients.Merges;

/// <summary>A merge that needs two people, where the practice says so.</summary>
public static class MergeApproval
{
    public static readonly ApprovalKind Kind = new("patients.merge", "Merge of two patients", PatientsPermissions.Merge);

    /// <summary>Record numbers alone: who decides opens the two records to see whose they are.</summary>
    public static string Subject(Patient kept, Patient gone) => $"Merge {gone.RecordNumber} into {kept.RecordNumber}";

    public static ApprovalRequest Request(Patient kept, Patient gone, string why) => new(
        $"{kept.Id} {gone.Id}", Subject(kept, gone), why, $"/patients/merges/merge?keep={kept.Id}&gone={gone.Id}", PatientId: kept.Id);
}

/// <summary>Merges what another person approved. A record that is gone by now leaves nothing to do.</summary>
public sealed class MergeApprovalHandler(PatientsDb db, Merger merger, IPractice practice, TimeProvider clock)
{
    public async Task HandleAsync(ApprovalDecided decided, CancellationToken ct)
    {
        if (decided.Kind != MergeApproval.Kind.Id || !decided.Approved)
        {
            return;
        }

        var ids = decided.Key.Split(' ').Select(Guid.Parse).ToArray();
        var both = await db.Patients.Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        if (both.Count == 2)
        {
            await merger.MergeAsync(both.Single(p => p.Id == ids[0]), both.Single(p => p.Id == ids[1]),
                $"{decided.Reason} (asked by {decided.AskedBy})", WallTime.Today(clock, practice.Zone), ct);
        }
    }
}
