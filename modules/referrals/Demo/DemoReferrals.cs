using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Demo;

/// <summary>Referrals of the last weeks, in every step. Run again on a later day it adds nothing twice, and says what is overdue by now.</summary>
public sealed class DemoReferrals(ReferralsDb db, ISettings<ReferralsSettings> settings, IPractice practice) : IDemoData
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
            var patients = await db.Patients.AsNoTracking().Where(p => p.Active && !p.Restricted)
                .OrderByDescending(p => db.Coverages.Any(c => c.PatientId == p.Id && c.Line == "medical" && c.EffectiveTo == null)).ThenBy(p => p.Id).Take(Many).ToListAsync(ct);
            var ids = patients.ConvertAll(p => p.Id);
            var coverages = (await db.Coverages.AsNoTracking().Where(c => ids.Contains(c.PatientId) && c.Line == "medical" && c.Rank == 1).ToListAsync(ct)).ToLookup(c => c.PatientId);
            var providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Id).ToListAsync(ct);
            var specialists = DemoStories.Specialists();
            db.AddRange(specialists);
            var rules = await settings.GetAsync(ct: ct);
            db.AddRange(patients.Select((p, i) => DemoStories.Tell(
                i, p, specialists, coverages[p.Id].FirstOrDefault(c => c.RunsOn(today)), providers.Count == 0 ? null : providers[i % providers.Count], practice.Locations[i % practice.Locations.Count], today, rules)));
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
