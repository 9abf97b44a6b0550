using Microsoft.EntityFrameworkCore;

namespace Modular.Billing.Enrollments;

/// <summary>Says whether a transaction may be sent to a payer.</summary>
public sealed class EnrollmentRules(BillingDb db)
{
    /// <summary>
    /// Why a claim, or another transaction, would be held: one sentence, or null when it may go. What is said of the provider comes before what
    /// is said of the entity. A route that nobody has said anything of is not enrolled.
    /// </summary>
    /// <param name="transaction">One of <see cref="Enrollment.Transactions"/>.</param>
    public async Task<string?> HeldReasonAsync(Guid payer, Guid entity, Guid? provider, string transaction, DateOnly day,
        CancellationToken ct = default)
    {
        var row = await db.Enrollments.AsNoTracking()
            .Where(e => e.PayerId == payer && e.EntityId == entity && e.Transaction == transaction
                && (e.ProviderId == null || e.ProviderId == provider))
            .OrderByDescending(e => e.ProviderId != null).FirstOrDefaultAsync(ct);
        if (row is not null && row.Reason(day) is null)
        {
            return null;
        }

        var who = row?.ProviderId is null ? await db.Entities.Where(e => e.Id == entity).Select(e => e.Name).FirstOrDefaultAsync(ct)
            : await db.Providers.Where(p => p.Id == row.ProviderId).Select(p => p.Name).FirstOrDefaultAsync(ct);
        var name = await db.Payers.Where(p => p.Id == payer).Select(p => p.Name).FirstOrDefaultAsync(ct);
        return $"{Enrollment.Transactions[transaction]} to {name ?? "this payer"}: the enrollment of {who ?? "this entity"} {row?.Reason(day) ?? "is not on file"}.";
    }
}
