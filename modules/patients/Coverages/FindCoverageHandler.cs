using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Patients.Coverages;

/// <summary>Tells other modules who pays for a visit on a day.</summary>
public static class FindCoverageHandler
{
    public static async Task<CoverageFound> Handle(FindCoverage query, PatientsDb db, CancellationToken ct)
    {
        var running = await db.Coverages.AsNoTracking().Include(c => c.Payer)
            .Where(c => c.PatientId == query.PatientId && c.EffectiveFrom <= query.Day && (c.EffectiveTo == null || c.EffectiveTo >= query.Day))
            .OrderBy(c => c.BenefitLine).ThenBy(c => c.CaseId).ThenBy(c => c.Rank).ToListAsync(ct);
        return new([.. running.Select(c => c.Changed(c.Payer!))]);
    }
}
