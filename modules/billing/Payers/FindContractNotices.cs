using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>Marks the contracts whose last day for notice comes near, and takes the mark off when it has passed.</summary>
[Message("billing.find-contract-notices.v1", OneHandler = true)]
public sealed record FindContractNotices;

public sealed class FindContractNoticesHandler(BillingDb db, IPractice practice, TimeProvider clock)
{
    public async Task HandleAsync(FindContractNotices message, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        foreach (var contract in await db.PayerContracts.Where(c => c.NoticeDays != null).ToListAsync(ct))
        {
            contract.NoticeDue = contract.AlarmOn(today);
        }

        await db.SaveChangesAsync(ct);
    }
}
