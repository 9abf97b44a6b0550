using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Panels;

/// <summary>What is overdue, and what is waited for, on the home page.</summary>
public sealed class OverdueReferrals(ReferralsDb db, ChosenLocation chosen) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var place = chosen.Location?.Id;
        var counts = await db.Referrals.AsNoTracking().Where(r => r.EndedOn == null && (place == null || r.LocationId == place)).GroupBy(r => 1).Select(g => new
        {
            Overdue = g.Count(r => r.Overdue), Reply = g.Count(r => r.Step == Step.Seen), ToTell = g.Count(r => r.Step == Step.Booked && r.ToldOn == null), Read = g.Count(r => r.Step == Step.Replied),
        }).FirstOrDefaultAsync(ct);
        return counts is null ? null : new(
            Said.Count(counts.Overdue), counts.Overdue == 1 ? "referral is overdue" : "referrals are overdue", "/referrals/referrals?show=overdue", counts.Overdue > 0 ? "warn" : "ok",
            [
                new($"{counts.Reply} wait for a reply", "/referrals/referrals?step=seen"),
                new($"{counts.ToTell} with a patient to tell", "/referrals/referrals?show=to-tell"),
                new($"{Said.Many(counts.Read, "reply", "replies")} to read", "/referrals/referrals?step=replied"),
            ]);
    }
}
