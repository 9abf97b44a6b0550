using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Billing.Reactions;

namespace Modular.Billing.Charges;

/// <summary>What an encounter is without anybody saying it: in whose name, and who pays.</summary>
public sealed class EncounterDefaults(BillingDb db)
{
    /// <summary>The entity of the place, else the practice's main one; null while neither is known here.</summary>
    public async Task<Guid?> EntityAsync(Guid location, CancellationToken ct) =>
        await db.Places.Where(p => p.Id == location).Select(p => p.EntityId).FirstOrDefaultAsync(ct)
        ?? await db.Entities.Where(e => e.Main).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(ct);

    /// <summary>
    /// Who pays on the first day of service, by rank: the coverage of the case it is for, else the medical plans. Coverage of a case is never billed
    /// for what has nothing to do with it.
    /// </summary>
    public async Task<List<EncounterCoverage>> CoveragesAsync(Encounter encounter, CancellationToken ct)
    {
        var (patient, @case, day) = (encounter.PatientId, encounter.CaseId, encounter.ServiceFrom);
        var paying = await db.Coverages.AsNoTracking()
            .Where(c => c.PatientId == patient && c.EffectiveFrom <= day && (c.EffectiveTo == null || c.EffectiveTo >= day))
            .Where(c => @case == null ? c.CaseId == null && c.Line == "medical" : c.CaseId == @case)
            .OrderBy(c => c.Rank).ThenBy(c => c.EffectiveFrom).ThenBy(c => c.Id).ToListAsync(ct);
        return [.. paying.Take(9).Select((c, i) => Of(encounter, c, i + 1))];
    }

    private static EncounterCoverage Of(Encounter encounter, KnownCoverage c, int rank) =>
        new() { EncounterId = encounter.Id, Rank = rank, CoverageId = c.Id, PayerId = c.PayerId, Payer = c.Payer, MemberId = c.MemberId };
}
