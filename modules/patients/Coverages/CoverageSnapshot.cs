using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Every coverage as it stands, for modules that are enabled later.</summary>
public sealed class CoverageSnapshot(PatientsDb db) : ISnapshot<CoverageChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<CoverageChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var page = await db.Coverages.AsNoTracking().Include(c => c.Payer).Where(c => (after == null || c.Id > after) && (from == null || c.EffectiveTo == null || c.EffectiveTo >= from))
            .OrderBy(c => c.Id).Take(take).ToListAsync(ct);
        return [.. page.Select(c => new SnapshotRow<CoverageChanged>(c.Id, c.Changed(c.Payer!)))];
    }
}
