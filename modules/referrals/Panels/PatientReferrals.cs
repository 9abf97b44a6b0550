using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Panels;

/// <summary>A patient's referrals, beside the chart: what is open first.</summary>
public sealed class PatientReferrals(ReferralsDb db, Actor actor, IAccessLog log, IPractice practice, TimeProvider clock) : ISlotPanel
{
    public sealed record Model(Guid Patient, IReadOnlyList<Referral> Latest, DateOnly Today, bool MayWrite);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var latest = await db.Referrals.AsNoTracking().Where(r => r.PatientId == context.Id)
            .OrderBy(r => r.EndedOn != null).ThenBy(r => r.DueOn).ThenByDescending(r => r.WrittenOn).Take(5).ToListAsync(ct);
        if (latest.Count > 0)
        {
            log.Viewed(context.Id, "referrals");
        }

        return new("Referrals", "Panels/_PatientReferrals", new Model(context.Id, latest, WallTime.Today(clock, practice.Zone), actor.Can(ReferralsPermissions.Write)));
    }
}
