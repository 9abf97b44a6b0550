using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>How a change of a referral is kept: with its history, the message that tells of it and the pages that show it, all or nothing.</summary>
public sealed class ReferralDesk(ReferralsDb db, IMessageBus bus, ILive live, ISettings<ReferralsSettings> settings, TimeProvider clock, Actor actor)
{
    public ReferralsDb Db => db;

    /// <summary>The referral with its history; null when there is none, or it is at a place where this person does not work.</summary>
    public Task<Referral?> OpenAsync(Guid id, CancellationToken ct) => db.Referrals.Include(r => r.Changes).FirstOrDefaultAsync(r => r.Id == id, ct);

    public async Task<Moment> NowAsync(Guid location, string zone, CancellationToken ct) =>
        new(WallTime.Today(clock, zone), clock.GetUtcNow(), actor.Name, await settings.GetAsync(location, ct));

    public Task<Moment> NowAsync(Referral referral, CancellationToken ct) => NowAsync(referral.LocationId, referral.Zone, ct);

    /// <summary>Saves inside the write of the caller and tells others; the caller commits.</summary>
    public async Task SaveAsync(Referral referral, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct); // the version grows with the save, so the message comes after it
        await TellAsync(referral, ct);
    }

    /// <summary>Tells others of what was saved in this write.</summary>
    public async Task TellAsync(Referral referral, CancellationToken ct)
    {
        var npi = await db.Specialists.Where(s => s.Id == referral.SpecialistId).Select(s => s.Npi).FirstOrDefaultAsync(ct);
        await bus.PublishAsync(referral.State(npi), new(Key: referral.Id.ToString()));
        live.Changed(ReferralsModule.Topic, referral.LocationId.ToString("N"));
        live.Changed(ReferralsModule.Topic, referral.Id.ToString("N"), referral.LocationId);
    }

    public Task PublishAsync(object message, Guid key) => bus.PublishAsync(message, new(Key: key.ToString()));
}
