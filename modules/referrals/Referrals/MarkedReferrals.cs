using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>What others are told of referrals that nobody touched: the night, or a plan that ended, changed them.</summary>
public static class MarkedReferrals
{
    /// <summary>Saves them, and gives the messages for the handler to return; the pages that show them follow.</summary>
    public static async Task<OutgoingMessages> SaveAsync(ReferralsDb db, ILive live, IReadOnlyCollection<Referral> marked, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct); // the version grows with the save, so the message comes after it
        var specialists = marked.Select(r => r.SpecialistId).ToHashSet();
        var npis = await db.Specialists.Where(s => specialists.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Npi, ct);
        var messages = new OutgoingMessages();
        foreach (var referral in marked)
        {
            messages.Publish(referral.State(npis[referral.SpecialistId]), new(Key: referral.Id.ToString()));
            live.Changed(ReferralsModule.Topic, referral.Id.ToString("N"), referral.LocationId);
        }

        foreach (var place in marked.Select(r => r.LocationId).Distinct())
        {
            live.Changed(ReferralsModule.Topic, place.ToString("N"));
        }

        return messages;
    }
}
