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

public static class ReferralContacts
{
    // snippet: contact-entry
    /// <summary>The specialist was asked for the report: what the contact log says of it, until the report is here.</summary>
    public static ContactEntry? Asked(Referral referral) => !referral.Overdue ? null : new(
        WallTime.Instant(referral.SentOn, new(12, 0), "UTC"), ContactWay.Phone, referral.SentTo, $"Report on {referral.PatientName}", ContactOutcome.Promised,
        "Front desk", $"/referrals/referrals/{referral.Id}", [ContactSubject.Of(ReferralRecord.Kind, referral)])
    {
        NextOn = referral.NeededBy,
    };
    // end
}
