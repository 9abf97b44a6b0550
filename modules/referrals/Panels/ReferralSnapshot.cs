using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Messages;
using Modular.Sdk;

namespace Modular.Referrals.Panels;

/// <summary>Every referral as it stands, for modules that are turned on later; those that ended before the chosen day may be left out.</summary>
public sealed class ReferralSnapshot(ReferralsDb db) : ISnapshot<ReferralChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<ReferralChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var page = await db.Referrals.AsNoTracking()
            .Where(r => (after == null || r.Id > after) && (from == null || r.EndedOn == null || r.EndedOn >= from))
            .OrderBy(r => r.Id).Take(take)
            .Join(db.Specialists, r => r.SpecialistId, s => s.Id, (r, s) => new { Referral = r, s.Npi })
            .OrderBy(x => x.Referral.Id).ToListAsync(ct);
        return [.. page.Select(x => new SnapshotRow<ReferralChanged>(x.Referral.Id, x.Referral.State(x.Npi)))];
    }
}
