using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Panels;

/// <summary>Says beside a patient of any list that a referral of theirs is overdue.</summary>
public sealed class ReferralMarks(ReferralsDb db) : IListSlot
{
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var late = await db.Referrals.AsNoTracking().Where(r => r.Overdue && ids.Contains(r.PatientId)).Select(r => new { r.PatientId, r.SpecialistName }).ToListAsync(ct);
        return late.GroupBy(r => r.PatientId).ToDictionary(of => of.Key, IReadOnlyList<Mark> (of) =>
            [new("Referral overdue", "bad", "external", string.Join(", ", of.Select(r => r.SpecialistName)))]);
    }
}
