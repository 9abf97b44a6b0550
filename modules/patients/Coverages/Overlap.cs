using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>On any day a patient has one coverage of a rank in a benefit line or case. The database refuses the second; this is the sentence for it.</summary>
public static class Overlap
{
    public static async Task<FieldError?> FindAsync(PatientsDb db, Coverage coverage, CancellationToken ct)
    {
        var last = coverage.EffectiveTo ?? DateOnly.MaxValue;
        var other = await db.Coverages.AsNoTracking().Include(c => c.Payer).Where(c => c.PatientId == coverage.PatientId && c.Rank == coverage.Rank && c.Id != coverage.Id
            && c.BenefitLine == coverage.BenefitLine && c.CaseId == coverage.CaseId
            && c.EffectiveFrom <= last && (c.EffectiveTo == null || c.EffectiveTo >= coverage.EffectiveFrom)).OrderBy(c => c.EffectiveFrom).FirstOrDefaultAsync(ct);
        return other is null ? null : new(nameof(CoverageForm.EffectiveFrom), Sentence(other));
    }

    public static string Sentence(Coverage other) =>
        $"{other.Payer!.Name} is already {Ranks.Name(other.Rank).ToLowerInvariant()}{(other.BenefitLine == Coverage.Medical ? "" : other.CaseId is null ? $" for {Coverage.Lines[other.BenefitLine].ToLowerInvariant()}" : " in this case")} {Format.Days(other.EffectiveFrom, other.EffectiveTo)}. End it before this one begins, or choose another rank.";
}
