using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Answers pages of other modules that miss patients in their own projection.</summary>
public static class FindPatientsHandler
{
    public static async Task<PatientsFound> Handle(FindPatients query, PatientsDb db, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var ids = query.PatientIds;
        var patients = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        var today = WallTime.Today(clock, practice.Zone);
        return new(await db.ToldAsync(patients, today, ct));
    }
}
