using Microsoft.EntityFrameworkCore;

namespace Modular.Billing.Payers;

/// <summary>Finds the rule that holds for a payer on a day: its own, else that of its claim filing code, else the general one.</summary>
public sealed class PayerRules(BillingDb db)
{
    /// <param name="filingCode">As the coverage says it; null takes the payer's own.</param>
    /// <returns>Null when even the general rule was ended.</returns>
    public async Task<PayerRule?> ForAsync(Guid payer, string? filingCode, DateOnly day, CancellationToken ct = default)
    {
        filingCode ??= await db.Payers.Where(p => p.Id == payer).Select(p => p.ClaimFilingCode).FirstOrDefaultAsync(ct);
        var fitting = await db.PayerRules.AsNoTracking()
            .Where(r => (r.PayerId == payer || (r.PayerId == null && (r.FilingCode == null || r.FilingCode == filingCode))) && r.ValidFrom <= day
                && (r.ValidTo == null || r.ValidTo >= day))
            .ToListAsync(ct);
        return Choose(fitting);
    }

    public static PayerRule? Choose(IEnumerable<PayerRule> fitting) => fitting.OrderByDescending(r => r.PayerId is not null)
        .ThenByDescending(r => r.FilingCode is not null).FirstOrDefault();
}
