using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Tells other modules who pays for a visit on a day.</summary>
public static class FindCoverageHandler
{
    public static async Task<CoverageFound> Handle(FindCoverage query, PatientsDb db, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var running = db.Coverages
            .Where(c => c.PatientId == query.PatientId && c.EffectiveFrom <= query.Day && (c.EffectiveTo == null || c.EffectiveTo >= query.Day))
            .OrderBy(c => c.BenefitLine).ThenBy(c => c.CaseId).ThenBy(c => c.Rank);
        return new(await db.ToldAsync(running, WallTime.Today(clock, practice.Zone), ct));
    }
}
