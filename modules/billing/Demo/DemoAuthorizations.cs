using Microsoft.EntityFrameworkCore;
using Modular.Billing.Authorizations;
using Modular.Sdk;

namespace Modular.Billing.Demo;

/// <summary>Authorizations and referrals of the demo practice in every state, and what its payers want. A later start adds nothing twice.</summary>
public sealed class DemoAuthorizations(BillingDb db) : IDemoData
{
    private static readonly string[] Wanted = ["Physical therapy after knee surgery", "MRI of the lumbar spine", "Sleep study", "Allergy shots"];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (await db.Authorizations.AnyAsync(ct))
        {
            return;
        }

        var covered = await (
            from c in db.Coverages
            join p in db.Patients on c.PatientId equals p.Id
            where c.Line == "medical" && c.Rank == 1 && p.Active && !p.Restricted && (c.EffectiveTo == null || c.EffectiveTo >= today)
            orderby p.Id
            select new { Patient = p, Coverage = c }).AsNoTracking().Take(24).ToListAsync(ct);
        foreach (var (i, of) in covered.Index())
        {
            var state = (i % 6) switch { 0 => Authorization.ToRequest, 1 => Authorization.Requested, 2 => Authorization.Denied, _ => Authorization.Approved };
            db.Add(new Authorization
            {
                PatientId = of.Patient.Id, PatientName = of.Patient.Name, PayerId = of.Coverage.PayerId, Payer = of.Coverage.Payer, State = state,
                Kind = i % 5 == 4 ? Authorization.Referral : Authorization.Prior, What = Wanted[i % Wanted.Length], DueOn = today.AddDays((i % 9) - 2),
                RequestedOn = state == Authorization.ToRequest ? null : today.AddDays(-10 - i),
                DecidedOn = state is Authorization.Approved or Authorization.Denied ? today.AddDays(-5 - i) : null,
                Number = state == Authorization.Approved ? $"A{480_100 + (i * 37)}" : null, Visits = i % 6 == 3 ? 1 : 6 + (i % 7),
                ValidFrom = state == Authorization.Approved ? today.AddDays(-20) : null, ValidTo = state == Authorization.Approved ? today.AddDays(70) : null,
                Expedited = i % 12 == 1,
            });
        }

        db.AddRange(covered.Select(c => c.Coverage.PayerId).Distinct().Take(2).Select(payer => new AuthorizationNeed
        {
            PayerId = payer, VisitType = "Procedure", Source = "Provider manual, chapter 4",
        }));
        await db.SaveChangesAsync(ct);
    }
}
