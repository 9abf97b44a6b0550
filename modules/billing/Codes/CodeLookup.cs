using Microsoft.EntityFrameworkCore;

namespace Modular.Billing.Codes;

/// <summary>A code of a day, as a claim line or a diagnosis names it.</summary>
public sealed record CodeOnDay(string System, string Code, DateOnly Day);

/// <summary>What is known of a code on its day.</summary>
public enum CodeValidity
{
    Valid,

    /// <summary>A heading: a code below it is needed.</summary>
    Heading,

    /// <summary>It was or will be valid, not on that day.</summary>
    NotOnDay,
    Unknown,

    /// <summary>No file of its set was loaded, so nothing can be said.</summary>
    NotLoaded,
}

/// <summary>Finds codes by day. Favorites of whoever asks come first, then those of the practice.</summary>
public sealed class CodeLookup(BillingDb db)
{
    /// <summary>The code as it reads on that day; null when it is not valid then.</summary>
    public Task<BillingCode?> FindAsync(string system, string code, DateOnly onDay, CancellationToken ct = default)
    {
        var plain = CodeSystems.Plain(code);
        return db.Codes.AsNoTracking().FirstOrDefaultAsync(c => c.System == system && c.Code == plain && c.ValidFrom <= onDay
            && (c.ValidTo == null || c.ValidTo >= onDay), ct);
    }

    /// <summary>Codes for what is typed: letters of the code or of words in any order, favorites first; with nothing typed the favorites
    /// alone.</summary>
    /// <param name="systems">Some of <see cref="CodeSystems"/>.</param>
    /// <param name="person">Whose favorites.</param>
    public async Task<IReadOnlyList<BillingCode>> SearchAsync(string[] systems, string? typed, DateOnly onDay, Guid? person, int take = 10,
        CancellationToken ct = default)
    {
        var valid = db.Codes.AsNoTracking().Where(c => systems.Contains(c.System) && c.Billable && c.ValidFrom <= onDay
            && (c.ValidTo == null || c.ValidTo >= onDay));
        var words = Patterns(typed);
        if (words.Length == 0)
        {
            return await valid.Where(c => db.Favorites.Any(f => f.System == c.System && f.Code == c.Code
                && (f.PersonId == null || f.PersonId == person)))
                .OrderByDescending(c => db.Favorites.Any(f => f.System == c.System && f.Code == c.Code && f.PersonId == person)).ThenBy(c => c.Code)
                    .Take(take).ToListAsync(ct);
        }

        var plain = CodeSystems.Plain(typed!);
        return await valid.Where(c => words.All(w => EF.Functions.ILike(c.Find, w)))
            .OrderByDescending(c => c.Code == plain)
            .ThenByDescending(c => db.Favorites.Any(f => f.System == c.System && f.Code == c.Code && f.PersonId == person))
            .ThenByDescending(c => db.Favorites.Any(f => f.System == c.System && f.Code == c.Code && f.PersonId == null))
            .ThenByDescending(c => c.Code.StartsWith(plain)).ThenBy(c => c.Code).Take(take).ToListAsync(ct);
    }

    /// <summary>Whether each may stand on a claim, in two queries however many they are.</summary>
    public async Task<IReadOnlyDictionary<CodeOnDay, CodeValidity>> CheckAsync(IReadOnlyCollection<CodeOnDay> codes, CancellationToken ct = default)
    {
        string[] systems = [.. codes.Select(c => c.System).Distinct()], plain = [.. codes.Select(c => CodeSystems.Plain(c.Code)).Distinct()];
        var known = (await db.Codes.AsNoTracking().Where(c => systems.Contains(c.System) && plain.Contains(c.Code))
            .Select(c => new { c.System, c.Code, c.Billable, c.ValidFrom, c.ValidTo }).ToListAsync(ct)).ToLookup(c => (c.System, c.Code));
        HashSet<string> loaded = [.. known.Select(k => k.Key.System)];
        foreach (var system in systems.Where(s => !loaded.Contains(s)))
        {
            if (await db.Codes.AnyAsync(c => c.System == system, ct))
            {
                loaded.Add(system);
            }
        }

        return codes.Distinct().ToDictionary(c => c, c =>
        {
            var rows = known[(c.System, CodeSystems.Plain(c.Code))].ToList();
            return rows.Find(r => r.ValidFrom <= c.Day && (r.ValidTo is null || r.ValidTo >= c.Day)) is { } row ? row.Billable ? CodeValidity.Valid
                : CodeValidity.Heading
                : rows.Count > 0 ? CodeValidity.NotOnDay
                : loaded.Contains(c.System) ? CodeValidity.Unknown : CodeValidity.NotLoaded;
        });
    }

    /// <summary>Each typed word, a code without its dot, at the beginning of a word of <see cref="BillingCode.Find"/>.</summary>
    public static string[] Patterns(string? typed) =>
    [
        .. (typed ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(w => w.Any(char.IsAsciiDigit) ? w.Replace(".", "", StringComparison.Ordinal) : w).Where(w => w.Length > 0)
            .Select(w => $"% {w.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%"),
    ];
}
