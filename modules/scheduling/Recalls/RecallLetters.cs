using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Prints;
using Modular.Sdk;

namespace Modular.Scheduling.Recalls;

/// <summary>Letters that ask patients back, each about the last visit.</summary>
public sealed class RecallLetters(SchedulingDb db, LettersToPatients letters) : ILetterSource
{
    /// <summary>At what hour the last visit was nobody cares.</summary>
    private const string Hour = "visit.at";

    public static readonly LetterKind Kind =
        new("scheduling.recall-letter", "Recall letter", [.. LettersToPatients.Fields.Where(f => f.Name != Hour)]);

    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await RecallList.Rows(db).OrderByDescending(v => v.StartsAt).Select(v => v.Id).Take(20).ToListAsync(ct);

    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = await letters.OfAsync(await RecallList.Rows(db).Where(v => ids.Contains(v.Id)).ToListAsync(ct), ct);
        foreach (var letter in found)
        {
            letter.Values.Remove(Hour);
        }

        return found;
    }
}
