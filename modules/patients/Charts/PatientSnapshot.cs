using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Lets a module that was enabled later learn of everybody, or of those registered or changed since the chosen day.</summary>
public sealed class PatientSnapshot(PatientsDb db, IPractice practice, TimeProvider clock) : ISnapshot<PatientChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<PatientChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var patients = db.Patients.AsNoTracking().Where(p => after == null || p.Id > after);
        if (from is { } day)
        {
            var since = WallTime.Day(day, practice.Zone).From;
            // Changed, and nobody noted when: it may have been since.
            patients = patients.Where(p => p.RegisteredAt >= since || (p.Version > 1 && (EF.Property<DateTimeOffset?>(p, PatientsDb.ChangedAt) ?? since) >= since));
        }

        var page = await patients.OrderBy(p => p.Id).Take(take).ToListAsync(ct);
        var today = WallTime.Today(clock, practice.Zone);
        return [.. (await db.ToldAsync(page, today, ct)).Select(p => new SnapshotRow<PatientChanged>(p.PatientId, p))];
    }
}
