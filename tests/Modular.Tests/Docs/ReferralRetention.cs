using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: retention-class
public static class KeptReferrals
{
    /// <summary>Letters of refused referrals hang on no patient any more; the practice keeps them as payers ask.</summary>
    public static readonly RetentionClass Refusals =
        new("referrals.refusal", "Referrals that were refused", "refusals", 10, "42 CFR 422.504(d)", new(2026, 11, 30))
        {
            Begins = "The refusal", Starts = "r.refused_on", Label = "r.sent_to", Patient = "r.patient_id",
        };
}
// end

// snippet: retention-ask
public sealed class RefusalPage(IRetention retention)
{
    public async Task<string> KeptAsync(Guid refusal, CancellationToken ct) => await retention.OfAsync(KeptReferrals.Refusals, refusal, ct) switch
    {
        null => "There is no such referral.",
        { Holds: [var why, ..] } => $"On hold. {why}",
        { KeptUntil: { } until } => $"Kept until {Said.ShortDay(until)}.",
        _ => "Kept: it was not refused yet.",
    };
}
// end
