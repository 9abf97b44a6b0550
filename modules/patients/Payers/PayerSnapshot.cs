using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Payers;

/// <summary>Every payer, for modules that are enabled later.</summary>
public sealed class PayerSnapshot(PatientsDb db) : ISnapshot<PayerChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<PayerChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var page = await db.Payers.AsNoTracking().Where(p => after == null || p.Id > after).OrderBy(p => p.Id).Take(take).ToListAsync(ct);
        return [.. page.Select(p => new SnapshotRow<PayerChanged>(p.Id, p.Changed()))];
    }
}
