using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Demo;

/// <summary>Referrals of the last weeks, in every step. Run again on a later day it adds nothing twice, and says what is overdue by now.</summary>
public sealed class DemoReferrals(ReferralsDb db, ReferralChoices choices, ISettings<ReferralsSettings> settings, IPractice practice) : IDemoData
{
    private const int Many = 44;

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (practice.Locations.Count == 0)
        {
            return;
        }

        if (!await db.Referrals.AnyAsync(ct))
        {
            // Patients and providers came by message: the modules that own them have lower orders and ran before.
            var patients = await db.Patients.AsNoTracking().Where(p => p.Active && !p.Restricted).OrderBy(p => p.Id).Take(Many).ToListAsync(ct);
            var providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Id).ToListAsync(ct);
            var specialists = DemoStories.Specialists();
            db.AddRange(specialists);
            var rules = await settings.GetAsync(ct: ct);
            foreach (var (p, i) in patients.Select((p, i) => (p, i)))
            {
                var coverage = (await choices.CoveragesAsync(p.Id, null, today, ct)).FirstOrDefault(c => c is { Line: "medical", Rank: 1 });
                db.Add(DemoStories.Tell(i, p, specialists, coverage, providers.Count == 0 ? null : providers[i % providers.Count], practice.Locations[i % practice.Locations.Count], today, rules));
            }
        }

        foreach (var open in await db.Referrals.Where(r => r.EndedOn == null).ToListAsync(ct))
        {
            open.Watch(today);
        }

        foreach (var added in db.ChangeTracker.Entries<Referral>().Where(e => e.State == EntityState.Added))
        {
            added.Entity.Watch(today);
        }

        await db.SaveChangesAsync(ct);
    }
}
