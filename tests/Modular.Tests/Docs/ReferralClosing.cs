using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Tests.Docs;

// snippet: approval-kind
public static class Closing
{
    public static readonly ApprovalKind WithoutReport =
        new("referrals.close-without-report", "Closing a referral without a report", "referrals.referral.send");
}
// end

// snippet: approval-ask
public sealed class CloseDesk(IApprovals approvals)
{
    /// <returns>Why it was not asked for; null when it was.</returns>
    public Task<string?> AskAsync(Referral referral, string reason, CancellationToken ct) => approvals.AskAsync(Closing.WithoutReport, new(
        Key: $"{referral.Id}", Subject: $"Close the referral to {referral.SentTo} without a report", Reason: reason,
        Link: $"/referrals/referrals/{referral.Id}", PatientId: referral.PatientId), ct);
}
// end

// snippet: approval-decided
public sealed class CloseApprovedHandler(ReferralsDb db)
{
    public async Task HandleAsync(ApprovalDecided decided, CancellationToken ct)
    {
        if (decided.Kind != Closing.WithoutReport.Id || !decided.Approved)
        {
            return;
        }

        var id = Guid.Parse(decided.Key);
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id && r.Status == "sent", ct) is { } referral)
        {
            referral.Status = "closed"; // still open: the report may have come meanwhile
            await db.SaveChangesAsync(ct);
        }
    }
}
// end
