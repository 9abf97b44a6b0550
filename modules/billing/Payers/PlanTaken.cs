using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>At booking: whether the practice has a contract with the payers of this patient.</summary>
public sealed class PlanTaken(BillingDb db, IAccessLog log, IPractice practice, TimeProvider clock) : ISlotPanel
{
    public sealed record Line(string Payer, string? Plan, IReadOnlyList<PayerContract> Contracts);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        // Where no contract was entered, nothing can be said of any plan.
        if (!await db.PayerContracts.AnyAsync(ct))
        {
            return null;
        }

        var covers = await db.Coverages.AsNoTracking()
            .Where(c => c.PatientId == context.Id && c.EffectiveFrom <= today && (c.EffectiveTo == null || c.EffectiveTo >= today))
                .OrderBy(c => c.Line).ThenBy(c => c.Rank).ToListAsync(ct);
        if (covers.Count == 0)
        {
            return null;
        }

        Guid[] payers = [.. covers.Select(c => c.PayerId)];
        var contracts = (await db.PayerContracts.AsNoTracking().Where(c => payers.Contains(c.PayerId)).OrderBy(c => c.Products).ToListAsync(ct))
            .Where(c => c.On(today)).ToLookup(c => c.PayerId);
        log.Viewed(context.Id, "coverage");
        return new("Is the plan taken?", "Payers/_PlanTaken",
            covers.Select(c => new Line(c.Payer, c.PlanName ?? c.PlanType, [.. contracts[c.PayerId]])).ToList());
    }
}
