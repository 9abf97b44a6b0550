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
        await write.CommitAsync(ct);
    }
}
