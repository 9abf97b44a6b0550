using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Duplicates;

/// <summary>Asks for the list of possible duplicates to be brought up to date.</summary>
[Message("patients.find-duplicates.v1")]
public sealed record FindDuplicates;

public static class FindDuplicatesHandler
{
    public static async Task Handle(FindDuplicates message, PatientsDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await db.Database.ExecuteSqlAsync($"select patients.find_duplicates({Duplicate.Likely}, {clock.GetUtcNow()})", ct);
        // A pair that somebody has is left to them, unless a merge of one of the two has decided it: the inbox follows what the context saves.
        var decided = await db.Duplicates.Where(d => d.State == DuplicateState.Open && d.OwnerId != null
            && (!db.Patients.Any(p => p.Id == d.FirstId) || !db.Patients.Any(p => p.Id == d.SecondId))).ToListAsync(ct);
        db.RemoveRange(decided);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
