using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Answers pages of other modules that miss patients in their own projection.</summary>
public static class FindPatientsHandler
{
    public static async Task<PatientsFound> Handle(FindPatients query, PatientsDb db, CancellationToken ct)
    {
        var ids = query.PatientIds;
        var patients = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        return new([.. patients.Select(p => p.Changed())]);
    }
}

/// <summary>Lets a module that was enabled later learn of everybody.</summary>
public sealed class PatientSnapshot(PatientsDb db) : ISnapshot<PatientChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<PatientChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        // A patient never goes out of date: those registered before the chosen day are needed as much.
        var patients = await db.Patients.AsNoTracking().Where(p => after == null || p.Id > after).OrderBy(p => p.Id).Take(take).ToListAsync(ct);
        return [.. patients.Select(p => new SnapshotRow<PatientChanged>(p.Id, p.Changed()))];
    }
}
