using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Reactions;

/// <summary>Tells the referrals that are under a coverage when it ends before the specialist has seen the patient.</summary>
public sealed class CoverageEndHandler(ReferralsDb db, ILive live, TimeProvider clock)
{
    public async Task<OutgoingMessages> HandleAsync(CoverageChanged c, CancellationToken ct)
    {
        // The projection hears of it too, a moment later or sooner.
        await Known.Coverages.TakeAsync(db, [c], ct);
        // What is known is the latest, told by this message or read from its owner before it came.
        var until = (await db.Coverages.AsNoTracking().FirstAsync(k => k.Id == c.CoverageId, ct)).EffectiveTo;
        var under = await db.Referrals.Where(r => r.CoverageId == c.CoverageId && r.EndedOn == null && r.CoverageEndsOn != until).ToListAsync(ct);
        foreach (var referral in under)
        {
            var today = WallTime.Today(clock, referral.Zone);
            if (referral.PlanEnds(until, today) && referral.CoverageEnded)
            {
                referral.Write($"{c.PayerName} ends on {Said.ShortDay(until!.Value)}, before the specialist sees the patient", new(today, clock.GetUtcNow(), "Coverage"), "bad");
            }
        }

        return await MarkedReferrals.SaveAsync(db, live, under, ct);
    }
}
