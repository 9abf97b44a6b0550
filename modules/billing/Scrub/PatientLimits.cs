using System.Collections.Frozen;
using System.Globalization;

namespace Modular.Billing.Scrub;

/// <summary>Which codes are for which patients, from a table of the module (Scrub/Tables/patients.txt).</summary>
/// <param name="Code">The code, or what codes begin with.</param>
/// <param name="Sex">F or M; null for both.</param>
/// <param name="From">Least age in years; null for none.</param>
/// <param name="To">Greatest age in years; null for none.</param>
/// <param name="IsCertain">False where guidelines know exceptions.</param>
internal sealed record PatientLimit(string Code, string? Sex, int? From, int? To, bool IsCertain, DateOnly ValidFrom)
{
    /// <summary>Half a sentence: what does not fit; null when it fits. A sex that is not known or neither fits all.</summary>
    public string? Fault(ScrubClaim claim)
    {
        if (Sex is not null && claim.Sex is ("F" or "M") && claim.Sex != Sex)
        {
            return Sex == "F" ? "is for women, and the chart says male" : "is for men, and the chart says female";
        }

        var age = claim.AgeOn(claim.Encounter.ServiceFrom);
        return age < From ? $"is for patients from {From} years on, and this one is {age}"
            : age > To ? To == 0 ? $"is for newborns, and this patient is {age}" : $"is for patients up to {To} years, and this one is {age}"
            : null;
    }
}

internal static class PatientLimits
{
    private const int Shortest = 1, Longest = 7;

    private static readonly FrozenDictionary<string, PatientLimit[]> Table = Read();

    public static IEnumerable<PatientLimit> Of(string code, DateOnly day)
    {
        for (var length = Shortest; length <= Math.Min(Longest, code.Length); length++)
        {
            foreach (var limit in Table.GetValueOrDefault(code[..length], []))
            {
                if (limit.ValidFrom <= day)
                {
                    yield return limit;
                }
            }
        }
    }

    private static FrozenDictionary<string, PatientLimit[]> Read()
    {
        using var stream = typeof(PatientLimits).Assembly.GetManifestResourceStream("Modular.Billing.Scrub.patients.txt")!;
        using var reader = new StreamReader(stream);
        List<PatientLimit> limits = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var cells = line.Split(['|'], StringSplitOptions.TrimEntries);
                limits.Add(new(cells[0], cells[1].Length > 0 ? cells[1] : null, Number(cells[2]), Number(cells[3]), cells[4] == "always",
                    DateOnly.ParseExact(cells[5], "yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }
        }

        return limits.GroupBy(l => l.Code).ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    private static int? Number(string cell) => cell.Length > 0 ? int.Parse(cell, CultureInfo.InvariantCulture) : null;
}
