using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.NoShows;
using Modular.Scheduling.Recalls;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Reactions;

/// <summary>A visit's history says that a letter about it was written, so that nobody writes the second one.</summary>
public sealed class LettersWrittenHandler(SchedulingDb db)
{
    private static readonly LetterKind[] AboutVisits = [NoShowLetters.Kind, RecallLetters.Kind];

    public async Task HandleAsync(LettersWritten written, CancellationToken ct)
    {
        if (Array.Find(AboutVisits, k => k.Id == written.Kind) is not { } kind)
        {
            return;
        }

        foreach (var visit in await db.Visits.Where(v => written.Rows.Contains(v.Id)).ToListAsync(ct))
        {
            visit.Write($"{kind.Name} written", written.At, written.By, "info");
        }

        await db.SaveChangesAsync(ct);
    }
}
