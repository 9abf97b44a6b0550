using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Cases;

/// <summary>Every case as it stands, for modules that are enabled later.</summary>
public sealed class CaseSnapshot(PatientsDb db) : ISnapshot<CaseChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<CaseChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var page = await db.Cases.AsNoTracking().Where(c => (after == null || c.Id > after) && (from == null || c.ClosedOn == null || c.ClosedOn >= from))
            .OrderBy(c => c.Id).Take(take).ToListAsync(ct);
        return [.. page.Select(c => new SnapshotRow<CaseChanged>(c.Id, c.Changed()))];
    }
}
