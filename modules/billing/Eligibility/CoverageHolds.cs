using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>At booking and at check-in: what the payer said last, and when.</summary>
public sealed class CoverageHolds(BillingDb db, Actor actor, IAccessLog log, IPractice practice, TimeProvider clock) : ISlotPanel
{
    public sealed record Shown(AskEligibility.Model Asked, bool MayAsk);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var day = await db.Visits.AsNoTracking().Where(v => v.Id == context.VisitId).Select(v => (DateOnly?)v.Day).FirstOrDefaultAsync(ct)
            ?? WallTime.Today(clock, practice.Zone);
        if (await AskEligibility.LoadAsync(db, context.Id, day, practice.Zone, ct) is not { Covers.Count: > 0 } model)
        {
            return null;
        }

        log.Viewed(context.Id, "eligibility");
        return new("Eligibility", "Eligibility/_CoverageHolds", new Shown(model, actor.Can(BillingPermissions.AskEligibility)));
    }
}
