using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Every coverage as it stands, for modules that are enabled later.</summary>
public sealed class CoverageSnapshot(PatientsDb db, IPractice practice, TimeProvider clock) : ISnapshot<CoverageChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<CoverageChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var page = db.Coverages.Where(c => (after == null || c.Id > after) && (from == null || c.EffectiveTo == null || c.EffectiveTo >= from))
            .OrderBy(c => c.Id).Take(take);
        return [.. (await db.ToldAsync(page, WallTime.Today(clock, practice.Zone), ct)).Select(c => new SnapshotRow<CoverageChanged>(c.CoverageId, c))];
    }
}
