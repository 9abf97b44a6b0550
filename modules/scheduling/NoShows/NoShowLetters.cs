using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Prints;
using Modular.Sdk;

namespace Modular.Scheduling.NoShows;

/// <summary>Letters to patients who did not come.</summary>
public sealed class NoShowLetters(SchedulingDb db, LettersToPatients letters) : ILetterSource
{
    public static readonly LetterKind Kind = new("scheduling.no-show-letter", "Letter after a no-show", LettersToPatients.Fields);

    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await NoShowList.Rows(db).OrderByDescending(v => v.StartsAt).Select(v => v.Id).Take(20).ToListAsync(ct);

    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct) =>
        await letters.OfAsync(await NoShowList.Rows(db).Where(v => ids.Contains(v.Id)).ToListAsync(ct), ct);
}
