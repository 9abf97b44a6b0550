using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: indicator
/// <summary>How many patients are sent to specialists, and how many of them are late.</summary>
public sealed class ReferralIndicators(ReferralsDb db) : IIndicatorSource
{
    public static readonly Indicator Sent = new("referrals.sent", "Referrals sent", IndicatorShape.Sum, "referrals.referral.read")
    {
        Definition = "Patients who were sent to a specialist, on the day on which that was.",
        First = "Specialist", // a dimension of its own; there may be a second
        Link = at => $"/referrals?to={at.To:yyyy-MM-dd}",
    };

    public static readonly Indicator Closed = new("referrals.closed", "Reports received", IndicatorShape.Ratio, "referrals.referral.read")
    {
        Definition = "Referrals whose report is here, of all that were sent on the day.",
        Part = "With report", Of = "Referrals sent", // both are kept: places and months are added before they are divided
    };

    public async Task CountAsync(IndicatorDays days, CancellationToken ct)
    {
        var place = days.Location!.Id;
        var sent = await db.Referrals.AsNoTracking().WithShut() // figures name nobody
            .Where(r => r.LocationId == place && r.SentOn >= days.From && r.SentOn <= days.To).ToListAsync(ct);
        foreach (var referral in sent)
        {
            days.Add(Sent, referral.SentOn, 1, first: referral.SentTo);
            days.Add(Closed, referral.SentOn, referral.Status == "closed" ? 1 : 0, of: 1);
        }
    }

    public Task<DateOnly?> FirstDayAsync(CancellationToken ct) => db.Referrals.WithShut().MinAsync(r => (DateOnly?)r.SentOn, ct);
}
// end

public static class ReferralIndicatorLines
{
    public static void Declare(ModuleBuilder module) => module
        // snippet: indicator-lines
        .Indicators<ReferralIndicators>(ReferralIndicators.Sent, ReferralIndicators.Closed)
        .Recounts<ReferralIndicators, Referral>(r => [new(r.LocationId, r.SentOn)]);
    // end

    // snippet: indicator-keep
    /// <summary>Figures of the years before, from the file of the old system.</summary>
    public static async Task BringAsync(IIndicators indicators, Location place, IReadOnlyDictionary<DateOnly, int> sent, CancellationToken ct)
    {
        var days = new IndicatorDays(sent.Keys.Min(), sent.Keys.Max(), place);
        foreach (var (day, count) in sent)
        {
            days.Add(ReferralIndicators.Sent, day, count);
        }

        await indicators.KeepAsync([ReferralIndicators.Sent], days, ct);
    }
    // end
}
