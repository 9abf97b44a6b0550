using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>Demands of 005010X222A1 that its table of loops cannot say. Sections are the guide's; "section 2" is followed by loop and
/// segment.</summary>
public static class ClaimSituations
{
    public static IReadOnlyList<Situation> All { get; } =
    [
        new("837P-CLM01-length", "2300", ProblemLevel.Syntax, Severity.Error, "section 2, 2300 CLM01", c => When(
            c.Segments[0][1].Length > 20, c.Segments[0], () => $"CLM01 has {c.Segments[0][1].Length} characters; a claim number has at most 20.", 1)),
        new("837P-CLM02-sum", "2300", ProblemLevel.Balance, Severity.Error, "section 2, 2300 CLM02", c => When(
            c.Whole && c.Segments[0].Amount(2) != Charges(c), c.Segments[0],
            () => $"CLM02 is {Money(c.Segments[0].Amount(2))}, but its lines charge {Money(Charges(c))} (SV102).", 2)),
        new("837P-REF-F8-needed", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2300 REF Payer Claim Control Number", c => When(
            c.Segments[0][5, 3] is "7" or "8" && c.Find("REF", 1, "F8") is null, c.Segments[0],
            () => "A claim that replaces or voids another (CLM05-3 7 or 8) needs the payer's number of that claim (REF*F8).", 5, 3)),
        new("837P-REF-F8-forbidden", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2300 REF Payer Claim Control Number", c => When(
            c.Segments[0][5, 3] == "1" && c.Find("REF", 1, "F8") is not null, c.Segments[0],
            () => "An original claim (CLM05-3 1) has no payer's number of an earlier one (REF*F8).", 5, 3)),
        new("837P-DTP-439", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2300 DTP Accident Date", c => When(
            Accident(c, "AA", "OA") && c.Find("DTP", 1, "439") is null, c.Segments[0],
            () => "A claim for an accident (CLM11 AA or OA) needs its date (DTP*439).", 11)),
        new("837P-CLM11-state", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2300 CLM11-4", c => When(
            Accident(c, "AA") && c.Segments[0][11, 4].Length == 0 && c.Segments[0][11, 5].Length == 0, c.Segments[0],
            () => "A claim for a car accident (CLM11 AA) needs the state where it was (CLM11-4).", 11, 4)),
        new("837P-HI-dots", "2300", ProblemLevel.Codes, Severity.Error, "section 2, 2300 HI",
            c => c.All("HI").Where(hi => hi.Content.Contains((byte)'.'))
            .Select(hi => new Finding(hi, "Diagnosis codes are written without a dot."))),
        new("837P-HI-version", "2300", ProblemLevel.Codes, Severity.Error, "section 2, 2300 HI", Mixed),
        new("837P-SV107", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2400 SV107", Pointers),
        new("837P-LX", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2400 LX", c => c.Children("2400")
            .Select((line, i) => (Lx: line.Segments[0], Number: i + 1))
            .Where(line => line.Lx[1] != line.Number.ToString(CultureInfo.InvariantCulture))
            .Select(line => new Finding(line.Lx, $"LX01 is \"{line.Lx[1]}\", but this is line {line.Number} of the claim.", 1))),
        new("837P-SBR01-rank", "2300", ProblemLevel.Structure, Severity.Error, "section 1.4.4, section 2, 2320 SBR01", Ranks),
        new("837P-SVD01", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2430 SVD01", UnknownPayers),
        new("837P-COB-claim", "2300", ProblemLevel.Balance, Severity.Error, "section 1.4.4.2", OtherPayers),
        new("837P-COB-line", "2400", ProblemLevel.Balance, Severity.Error, "section 1.4.4.2", OtherPayersOfLine),
        new("837P-PWK06", "2300", ProblemLevel.Structure, Severity.Error, "section 2, 2300 PWK05, PWK06", c => c.All("PWK")
            .Where(p => !p.Is(2, "AA") && p[6].Length == 0)
            .Select(p => new Finding(p, $"An attachment that is sent (PWK02 {p[2]}) needs its control number (PWK06).", 6))),
        new("837P-N403-nine", "2010AA", ProblemLevel.Structure, Severity.Warning, "section 2, 2010AA N403", ShortZip),
        new("837P-N403-nine", "2310C", ProblemLevel.Structure, Severity.Warning, "section 2, 2310C N403", ShortZip),
        new("837P-N301-street", "2010AA", ProblemLevel.Structure, Severity.Warning, "section 2, 2010AA N301",
            b => b.All("N3").Where(n3 => IsBox(n3[1]))
            .Select(n3 => new Finding(n3, "The billing provider's address must be a street; a post office box is a pay-to address.", 1))),
        new("837P-SBR05", "2000B", ProblemLevel.Structure, Severity.Warning, "section 2, 2000B SBR05", b => b.All("SBR")
            .Where(sbr => !sbr.Is(1, "P") && sbr[9] is "MA" or "MB" && sbr[5].Length == 0)
            .Select(sbr => new Finding(sbr, "Medicare is not primary: SBR05 says why.", 5))),
    ];

    internal static ILookup<string, Situation> ByLoop { get; } = All.ToLookup(situation => situation.Loop);

    private static IEnumerable<Finding> When(bool wrong, Segment at, Func<string> sentence, int element, int component = 0) =>
        wrong ? [new Finding(at, sentence(), element, component)] : [];

    private static decimal Charge(Loop line) => line.Find("SV1")?.Amount(2) ?? 0;

    private static decimal Charges(Loop claim) => claim.Children("2400").Sum(Charge);

    private static bool Accident(Loop claim, params ReadOnlySpan<string> causes) =>
        causes.Contains(claim.Segments[0][11, 1]) || causes.Contains(claim.Segments[0][11, 2]) || causes.Contains(claim.Segments[0][11, 3]);

    private static IEnumerable<Segment> Diagnoses(Loop claim) => claim.All("HI").Where(hi => hi[1, 1] is "ABK" or "BK");

    private static IEnumerable<Finding> Mixed(Loop claim) => from hi in Diagnoses(claim)
                                                             let expected = hi[1, 1] == "ABK" ? "ABF" : "BF"
                                                             from i in Enumerable.Range(2, Math.Max(0, hi.Count - 1))
                                                             where hi[i].Length > 0 && hi[i, 1] is ("ABF" or "BF") and var code && code != expected
                                                             select new Finding(hi,
                                                                 $"HI{i:00} is {hi[i, 1]} beside {hi[1, 1]}: a claim has one edition of the ICD.", i, 1);

    private static IEnumerable<Finding> Pointers(Loop claim)
    {
        var count = Diagnoses(claim).Sum(hi => hi.Count);
        return from line in claim.Children("2400")
               let sv1 = line.Find("SV1")
               where sv1 is not null
               from pointer in sv1.Components(7).Select((text, i) => (Text: text, At: i + 1))
               where pointer.Text.Length > 0 && !(int.TryParse(pointer.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                   && at >= 1 && at <= count)
               select new Finding(sv1, $"SV107-{pointer.At} points to diagnosis {pointer.Text}; the claim has {count}.", 7, pointer.At);
    }

    private static IEnumerable<Finding> Ranks(Loop claim)
    {
        var ranks = new HashSet<string> { claim.Around("2000B")?.Find("SBR")?[1] ?? "" };
        foreach (var sbr in claim.Children("2320").Select(other => other.Segments[0]))
        {
            if (!ranks.Add(sbr[1]) && sbr[1] != "U")
            {
                yield return new(sbr, $"Two payers of the claim have the rank {sbr[1]} (SBR01).", 1);
            }
        }
    }

    private static IEnumerable<Finding> UnknownPayers(Loop claim)
    {
        var payers = claim.Children("2320").Select(Payer).ToHashSet();
        return claim.Children("2400").SelectMany(line => line.Children("2430")).Select(paid => paid.Segments[0])
            .Where(svd => !payers.Contains(svd[1]))
            .Select(svd => new Finding(svd, $"SVD01 \"{svd[1]}\" is none of the claim's other payers (2330B NM109).", 1));
    }

    private static IEnumerable<Finding> OtherPayersOfLine(Loop line)
    {
        var charge = Charge(line);
        foreach (var paid in line.Whole ? line.Children("2430") : [])
        {
            var (svd, adjusted) = (paid.Segments[0], Adjustments.Sum(paid));
            if (svd.Amount(2) + adjusted != charge)
            {
                yield return new(svd,
                    $"Payer {svd[1]} paid {Money(svd.Amount(2))} and adjusted {Money(adjusted)}, together {Money(svd.Amount(2) + adjusted)}; " +
                    $"the line charges {Money(charge)}.", 2);
            }
        }
    }

    private static string Payer(Loop other) => other.Child("2330B")?.Segments[0][9] ?? "";

    /// <summary>What a payer before us paid and adjusted is what was charged: claim level and lines together. More than ten payers are a fault
    /// already.</summary>
    private static IEnumerable<Finding> OtherPayers(Loop claim)
    {
        foreach (var other in claim.Children("2320").Take(10))
        {
            if (!claim.Whole || other.Find("AMT", 1, "D") is not { } paid)
            {
                continue;
            }

            var payer = Payer(other);
            var lines = claim.Children("2400").SelectMany(line => line.Children("2430")).Where(a => a.Segments[0].Is(1, payer)).Sum(Adjustments.Sum);
            var (own, charge) = (Adjustments.Sum(other), claim.Segments[0].Amount(2));
            if (paid.Amount(2) + own + lines != charge)
            {
                yield return new(paid,
                    $"Payer {payer} paid {Money(paid.Amount(2))} and adjusted {Money(own + lines)}, together {Money(paid.Amount(2) + own + lines)}; " +
                    $"the claim charges {Money(charge)}.", 2);
            }
        }
    }

    private static IEnumerable<Finding> ShortZip(Loop loop) => loop.All("N4")
        .Where(n4 => n4[4] is "" or "US" && n4[3].Count(char.IsAsciiDigit) != 9)
        .Select(n4 => new Finding(n4, $"N403 \"{n4[3]}\" must have nine digits.", 3));

    private static bool IsBox(string street) =>
        street.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .StartsWith("POBOX", StringComparison.OrdinalIgnoreCase);

    private static string Money(decimal amount) => Adjustments.Money(amount);
}
