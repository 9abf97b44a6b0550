using Microsoft.EntityFrameworkCore;
using Modular.Billing.Authorizations;
using Modular.Billing.Codes;
using Modular.Billing.Encounters;
using Modular.Billing.Payers;
using Modular.Billing.Reactions;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>
/// Says what is wrong with the charges of encounters before a claim goes out, open ones and closed ones alike. However many they are, the tables
/// are asked a fixed number of times, and only for the codes that occur.
/// </summary>
public sealed class Scrubber(BillingDb db, AuthorizationNumbers numbers, TimeProvider clock)
{
    /// <summary>The longest package of a procedure (<see cref="GlobalRules"/>), a day before it included.</summary>
    private const int Around = 91;

    /// <summary>Findings by encounter, errors first; an encounter that does not exist, or is out of reach for whoever asks, is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Finding>>> JudgeAsync(IReadOnlyCollection<Guid> encounters, CancellationToken ct = default)
    {
        var rows = await db.Encounters.AsNoTracking().Where(e => encounters.Contains(e.Id)).Include(e => e.Diagnoses).Include(e => e.Lines).AsSplitQuery().ToListAsync(ct);
        return await JudgeAsync(rows, await db.OwnRules.AsNoTracking().Where(r => !r.Off).OrderBy(r => r.Name).ToListAsync(ct), ct);
    }

    /// <summary>What the rules look at of one encounter, its lines and diagnoses loaded.</summary>
    internal async Task<ScrubClaim> ClaimAsync(Encounter encounter, CancellationToken ct) => (await ClaimsAsync([encounter], ct))[0];

    /// <param name="encounters">With their lines and diagnoses.</param>
    /// <param name="own">The practice's rules that are looked at.</param>
    internal async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Finding>>> JudgeAsync(IReadOnlyList<Encounter> encounters, IReadOnlyList<OwnRule> own, CancellationToken ct)
    {
        var claims = await ClaimsAsync(encounters, ct);
        var tables = await TablesAsync(claims, own, ct);
        var ids = encounters.Select(e => e.Id).ToList();
        var overrides = (await db.Overrides.AsNoTracking().Where(o => ids.Contains(o.EncounterId)).ToListAsync(ct)).ToLookup(o => o.EncounterId);
        return claims.ToDictionary(c => c.Encounter.Id, c => FindingOverride.Mark(c, ScrubRules.Judge(c, tables), overrides[c.Encounter.Id]));
    }

    private async Task<List<ScrubClaim>> ClaimsAsync(IReadOnlyList<Encounter> encounters, CancellationToken ct)
    {
        List<Guid> patientIds = [.. encounters.Select(e => e.PatientId).Distinct()];
        var patients = await db.Patients.AsNoTracking().Where(p => patientIds.Contains(p.Id)).Select(p => new { p.Id, p.BirthDate, p.Sex }).ToDictionaryAsync(p => p.Id, ct);
        var addresses = await db.ClaimPatients.AsNoTracking().Where(p => patientIds.Contains(p.Id)).Select(p => new { p.Id, p.Zip, p.DeceasedOn }).ToDictionaryAsync(p => p.Id, ct);
        var coverages = (await db.Coverages.AsNoTracking().Where(c => patientIds.Contains(c.PatientId)).ToListAsync(ct)).ToLookup(c => c.PatientId);
        var payers = await db.Payers.AsNoTracking().Select(p => new { p.Id, p.ClaimFilingCode }).ToDictionaryAsync(p => p.Id, p => p.ClaimFilingCode, ct);
        var rules = await db.PayerRules.AsNoTracking().ToListAsync(ct);
        var staff = await db.Providers.AsNoTracking().Select(p => new { p.Id, p.Npi }).ToDictionaryAsync(p => p.Id, p => p.Npi, ct);
        var places = await db.Places.AsNoTracking().OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.EntityId, p.Zip, p.Active, Clia = db.ServiceFacilities.Where(f => f.Id == p.Id).Select(f => f.Clia).FirstOrDefault() }).ToListAsync(ct);
        var authorizations = await numbers.ForAsync([.. encounters.Select(e => e.Id)], ct);
        var others = await OthersAsync(encounters, patientIds, ct);

        return [.. encounters.Select(e =>
        {
            var (patient, address, place) = (patients.GetValueOrDefault(e.PatientId), addresses.GetValueOrDefault(e.PatientId), places.Find(p => p.Id == e.LocationId));
            // As the claim has it: the first place of the entity.
            var home = places.Find(p => p.Active && p.EntityId == e.EntityId) ?? places.Find(p => p is { Active: true, EntityId: null });
            var paying = coverages[e.PatientId].Where(c => e.CaseId == null ? c.CaseId == null && c.Line == "medical" : c.CaseId == e.CaseId).ToList();
            var coverage = paying.Where(c => c.RunsOn(e.ServiceFrom)).OrderBy(c => c.Rank).ThenBy(c => c.EffectiveFrom).ThenBy(c => c.Id).FirstOrDefault();
            var filing = coverage?.ClaimFilingCode ?? (coverage is null ? null : payers.GetValueOrDefault(coverage.PayerId));
            return new ScrubClaim
            {
                Encounter = e,
                Lines = [.. e.Lines.OrderBy(l => l.Position)],
                Diagnoses = [.. e.Diagnoses.OrderBy(d => d.Position).Select(d => d.Code)],
                BirthDate = patient?.BirthDate ?? e.ServiceFrom,
                Sex = patient?.Sex ?? "U",
                DeceasedOn = address?.DeceasedOn,
                PatientZip = address?.Zip,
                Coverage = coverage,
                HasCoverage = paying.Count > 0,
                FilingCode = filing,
                Rule = coverage is null ? null : PayerRules.Choose(rules.Where(r => r.On(e.ServiceFrom)
                    && (r.PayerId == coverage.PayerId || (r.PayerId is null && (r.FilingCode is null || r.FilingCode == filing))))),
                RenderingNpi = Npi(e.RenderingId),
                SupervisingNpi = Npi(e.SupervisingId),
                OrderingNpi = Npi(e.OrderingId),
                BillingZip = home?.Zip,
                HasBillingAddress = home is not null,
                Clia = place?.Clia,
                Authorization = authorizations.GetValueOrDefault(e.Id)?.Authorization,
                Referral = authorizations.GetValueOrDefault(e.Id)?.Referral,
                Others = [.. others[(e.PatientId, e.EntityId)].Where(o => o.Encounter != e.Id && o.Service.On >= e.ServiceFrom.AddDays(-Around) && o.Service.On <= e.ServiceTo.AddDays(Around)).Select(o => o.Service)],
                Today = WallTime.Today(clock, e.Zone),
            };
        })];

        string? Npi(Guid? id) => id is { } known ? staff.GetValueOrDefault(known) : null;
    }

    private async Task<ILookup<(Guid Patient, Guid? Entity), (Guid Encounter, OtherService Service)>> OthersAsync(IReadOnlyList<Encounter> encounters, List<Guid> patients, CancellationToken ct)
    {
        if (encounters.Count == 0)
        {
            return Array.Empty<int>().ToLookup(_ => (Guid.Empty, (Guid?)null), _ => (Guid.Empty, new OtherService(default, "", [], null, null)));
        }

        var (earliest, latest) = (encounters.Min(e => e.ServiceFrom).AddDays(-Around), encounters.Max(e => e.ServiceTo).AddDays(Around));
        var lines = await (from e in db.Encounters.AsNoTracking()
                           where patients.Contains(e.PatientId) && e.ServiceFrom <= latest && e.ServiceTo >= earliest && e.State != EncounterState.Void && e.State != EncounterState.NoCharge
                           from l in e.Lines
                           select new { e.Id, e.PatientId, e.EntityId, l.ServiceOn, l.Code, l.Modifiers, e.RenderingId, e.Rendering }).ToListAsync(ct);
        return lines.ToLookup(l => (l.PatientId, l.EntityId), l => (l.Id, new OtherService(l.ServiceOn, l.Code, l.Modifiers, l.RenderingId, l.Rendering)));
    }

    private async Task<ScrubTables> TablesAsync(List<ScrubClaim> claims, IReadOnlyList<OwnRule> own, CancellationToken ct)
    {
        HashSet<CodeOnDay> codes =
        [
            .. claims.SelectMany(c => c.Diagnoses.Select(d => new CodeOnDay(CodeSystems.Diagnosis, d, c.Encounter.ServiceFrom))),
            .. claims.SelectMany(c => c.Lines).Select(l => new CodeOnDay(CodeSystems.OfService(l.Code), l.Code, l.ServiceOn)),
            .. claims.SelectMany(c => c.Lines).SelectMany(l => l.Modifiers.Select(m => new CodeOnDay(CodeSystems.Modifier, m, l.ServiceOn))),
        ];
        List<string> services = [.. claims.SelectMany(c => c.Lines.Select(l => l.Code)).Distinct()],
            known = [.. services.Concat(claims.SelectMany(c => c.Others.Select(o => o.Code))).Distinct()];
        return new()
        {
            Codes = await new CodeLookup(db).CheckAsync(codes, ct),
            Pairs = (await db.NcciPairs.AsNoTracking().Where(p => services.Contains(p.Column1) && services.Contains(p.Column2)).ToListAsync(ct)).ToLookup(p => (p.Column1, p.Column2)),
            Limits = (await db.UnitLimits.AsNoTracking().Where(l => services.Contains(l.Code)).ToListAsync(ct)).ToLookup(l => l.Code),
            Values = (await db.RelativeValues.AsNoTracking().Where(v => known.Contains(v.Code)).ToListAsync(ct)).ToLookup(v => v.Code),
            OwnRules = own,
        };
    }
}
