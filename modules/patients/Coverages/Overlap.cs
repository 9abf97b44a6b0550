using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;

namespace Modular.Patients.Coverages;

/// <summary>On any day a patient has one coverage of a rank. The database refuses the second; this is the sentence for it.</summary>
public static class Overlap
{
    public static async Task<FieldError?> FindAsync(PatientsDb db, Coverage coverage, CancellationToken ct)
    {
        var last = coverage.EffectiveTo ?? DateOnly.MaxValue;
        var other = await db.Coverages.AsNoTracking().Include(c => c.Payer).Where(c => c.PatientId == coverage.PatientId && c.Rank == coverage.Rank && c.Id != coverage.Id
            && c.EffectiveFrom <= last && (c.EffectiveTo == null || c.EffectiveTo >= coverage.EffectiveFrom)).OrderBy(c => c.EffectiveFrom).FirstOrDefaultAsync(ct);
        return other is null ? null : new(nameof(CoverageForm.EffectiveFrom), Sentence(other));
    }

    public static string Sentence(Coverage other) =>
        $"{other.Payer!.Name} is already {Ranks.Name(other.Rank).ToLowerInvariant()} {Format.Days(other.EffectiveFrom, other.EffectiveTo)}. End it before this one begins, or choose another rank.";

    /// <summary>Saves, or says what it overlaps; also when two people save at the same moment.</summary>
    public static async Task<FieldError?> SaveAsync(PatientsDb db, Coverage coverage, CancellationToken ct)
    {
        if (await FindAsync(db, coverage, ct) is { } overlap)
        {
            return overlap;
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (PatientsDb.IsOverlap(e))
        {
            return await FindAsync(db, coverage, ct) ?? new("", "Somebody else changed this patient's coverage at the same moment; try again.");
        }
    }
}
