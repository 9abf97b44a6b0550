using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: record-kind
public static class ReferralRecord
{
    /// <summary>The specialist's letters hang on it, until it is closed.</summary>
    public static readonly RecordKind<Referral> Kind = new("referrals.referral", "referral", see: "referrals.referral.read", change: "referrals.referral.send")
    {
        Name = r => $"Referral of {r.PatientName} to {r.SentTo}",
        Link = r => $"/referrals/referrals/{r.Id}",
        MayChange = r => r.Status != "closed",
        Attachments = new(KeepRemovedDays: 30),
    };
}
// end
