namespace Modular.Billing.Eligibility;

/// <summary>What the benefits of a 271 come to for a visit at the office (005010X279A1, EB).</summary>
public static class EligibilityRules
{
    /// <summary>AAA03: the payer cannot answer now.</summary>
    public const string TryAgain = "42";

    /// <summary>EB03: plan, office visit, the physician's office visit well and sick.</summary>
    private static readonly string[] Visits = ["98", "BY", "BZ", "30", "1"];

    /// <summary>EB01 1 to 5 active, 6 to 8 inactive. What is said of the plan (30, or of no service type) comes before what is said of one service.
    /// A refusal without any EB says neither.</summary>
    public static string State(IReadOnlyList<Benefit> benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var said = benefits.Where(b => b.Info is [>= '1' and <= '8']).ToList();
        var plan = said.Where(b => b.Types.Count == 0 || b.Types.Contains("30")).ToList();
        var heard = plan.Count > 0 ? plan : said;
        return heard.Count == 0 ? EligibilityAnswer.Unknown
            : heard.Exists(b => b.Info[0] <= '5') ? EligibilityAnswer.Active : EligibilityAnswer.Inactive;
    }

    public static decimal? Copay(IReadOnlyList<Benefit> benefits) => Pick(benefits, "B", b => b.Amount);

    public static decimal? Coinsurance(IReadOnlyList<Benefit> benefits) => Pick(benefits, "A", b => b.Percent is >= 0 and <= 1 ? b.Percent : null);

    /// <summary>EB06 29 is what is left; 22, 23, 24 and 25 are years.</summary>
    public static decimal? Left(IReadOnlyList<Benefit> benefits, string info) =>
        Pick([.. benefits.Where(b => b.Period == "29")], info, b => b.Amount);

    public static decimal? OfYear(IReadOnlyList<Benefit> benefits, string info) =>
        Pick([.. benefits.Where(b => b.Period is "22" or "23" or "24" or "25")], info, b => b.Amount);

    public static bool? InNetwork(IReadOnlyList<Benefit> benefits)
    {
        var said = benefits.Where(b => b.Info is [>= '1' and <= '5'] && b.Network is "Y" or "N").Select(b => b.Network == "Y").Distinct().ToList();
        return said.Count == 1 ? said[0] : null;
    }

    /// <summary>EB01 R: another payer comes first or next.</summary>
    public static List<string> OtherPayers(IReadOnlyList<Benefit> benefits) =>
        [.. benefits.Where(b => b.Info == "R").SelectMany(b => b.Entities.Count > 0 ? b.Entities : ["A payer without a name"]).Distinct()];

    /// <summary>The patient's own, in network before both; never what holds out of network. The most fitting service comes first.</summary>
    private static decimal? Pick(IReadOnlyList<Benefit> benefits, string info, Func<Benefit, decimal?> value) => benefits
        .Where(b => b.Info == info && b.Network != "N" && (b.Level is "" or "IND") && value(b) is not null)
        .Select(b => (Benefit: b, Rank: Rank(b)))
        .Where(b => b.Rank < Visits.Length)
        .OrderBy(b => b.Rank).ThenBy(b => b.Benefit.Network == "Y" ? 0 : 1)
        .Select(b => value(b.Benefit)).FirstOrDefault();

    private static int Rank(Benefit benefit)
    {
        var at = Array.FindIndex(Visits, benefit.Types.Contains);
        return at >= 0 ? at : benefit.Types.Count == 0 ? Array.IndexOf(Visits, "30") : Visits.Length;
    }
}
