using Modular.Billing.Codes;

namespace Modular.Billing.Scrub;

/// <summary>The published tables as far as they concern the codes at hand, in memory.</summary>
public sealed class ScrubTables
{
    public required IReadOnlyDictionary<CodeOnDay, CodeValidity> Codes { get; init; }

    /// <summary>By both codes.</summary>
    public required ILookup<(string Column1, string Column2), NcciPair> Pairs { get; init; }
    public required ILookup<string, UnitLimit> Limits { get; init; }
    public required ILookup<string, RelativeValue> Values { get; init; }

    public IReadOnlyList<OwnRule> OwnRules { get; init; } = [];

    public CodeValidity Of(string system, string code, DateOnly day) => Codes.GetValueOrDefault(new(system, code, day), CodeValidity.NotLoaded);

    public NcciPair? Pair(string column1, string column2, DateOnly day) =>
        Pairs[(column1, column2)].FirstOrDefault(p => p.ValidFrom <= day && (p.ValidTo is null || p.ValidTo >= day));

    public UnitLimit? Limit(string code, DateOnly day) => Limits[code].FirstOrDefault(l => l.ValidFrom <= day && (l.ValidTo is null || l.ValidTo >= day));

    /// <summary>000, 010, 090, MMM, XXX, YYY or ZZZ; null where the fee schedule of that day is not loaded or does not have the code.</summary>
    public string? GlobalDays(string code, DateOnly day) => Values[code]
        .Where(v => v.ValidFrom <= day && (v.ValidTo is null || v.ValidTo >= day)).OrderBy(v => v.Modifier.Length).FirstOrDefault()?.GlobalDays;
}
