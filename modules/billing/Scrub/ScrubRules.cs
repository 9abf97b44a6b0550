namespace Modular.Billing.Scrub;

/// <summary>All rules, in the order in which their findings are read. Each looks at one claim and the tables, and at nothing else.</summary>
public static class ScrubRules
{
    private static readonly Func<ScrubClaim, ScrubTables, IEnumerable<Finding>>[] All =
        [FormatRules.Find, CoverageRules.Find, CodeRules.Find, ModifierRules.Find, EditRules.Find, GlobalRules.Find, PlaceRules.Find, OwnRule.Find];

    /// <summary>What is wrong with the claim, errors first.</summary>
    public static IReadOnlyList<Finding> Judge(ScrubClaim claim, ScrubTables tables) =>
        [.. All.SelectMany(rule => rule(claim, tables)).Distinct().OrderBy(f => f.Severity == Severity.Warning)];
}
