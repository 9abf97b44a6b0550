using Modular.Billing.Encounters;

namespace Modular.Billing.Scrub;

/// <summary>Modifiers that contradict each other or what they stand with.</summary>
internal static class ModifierRules
{
    /// <summary>Pairs that cannot be on one line, and why.</summary>
    private static readonly (string One, string Other, string Why)[] Contradictions =
    [
        ("26", "TC", "26 is the professional part alone, TC the technical part alone: leave both out for the whole service"),
        ("LT", "RT", "for both sides use 50, or a line for each side"),
        ("50", "LT", "50 says both sides already"),
        ("50", "RT", "50 says both sides already"),
        ("JW", "JZ", "JW says that something was discarded and JZ that nothing was: put the discarded units on a line of their own with JW"),
        ("GA", "GZ", "GA says that the patient signed an ABN and GZ that nobody did"),
        ("GA", "GX", "GA is for services that may be found not necessary and GX for excluded ones"),
        ("GA", "GY", "GA is for services that may be found not necessary and GY for excluded ones"),
        ("GY", "GZ", "GY is for excluded services and GZ for those that may be found not necessary"),
        ("93", "95", "93 is sound alone and 95 sound and picture"),
        ("58", "78", "58 was planned and 78 was not"),
        ("58", "79", "58 belongs to the first procedure and 79 does not"),
        ("78", "79", "78 belongs to the first procedure and 79 does not"),
        ("59", "XE", "an X modifier says more exactly what 59 says: leave 59 out"),
        ("59", "XS", "an X modifier says more exactly what 59 says: leave 59 out"),
        ("59", "XP", "an X modifier says more exactly what 59 says: leave 59 out"),
        ("59", "XU", "an X modifier says more exactly what 59 says: leave 59 out"),
        ("80", "82", "80 and 82 are both an assistant: choose one"),
        ("Q5", "Q6", "Q5 is a reciprocal arrangement and Q6 a paid substitute: choose one"),
    ];

    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables _)
    {
        foreach (var line in c.Lines)
        {
            if (line.Modifiers.Distinct().Count() < line.Modifiers.Length)
            {
                yield return Of(line, $"{ScrubClaim.Of(line)} a modifier stands there twice.", "modifier-twice");
            }

            foreach (var (one, other, why) in Contradictions)
            {
                if (line.Modifiers.Contains(one) && line.Modifiers.Contains(other))
                {
                    yield return Of(line, $"{ScrubClaim.Of(line)} {one} and {other} contradict each other: {why}.", "modifier-contradiction");
                }
            }

            if (line.Modifiers.Contains("50") && line.Units > 1)
            {
                yield return new("bilateral-units", Severity.Warning, $"{ScrubClaim.Of(line)} with 50 for both sides most payers want one unit.", ScrubClaim.Field(line, "Units"), line.Id);
            }

            if (c.Coverage is not null && c.Lines.FirstOrDefault(l => l.Position < line.Position && Same(l, line)) is { } twin)
            {
                yield return Of(line, $"{ScrubClaim.Of(line)} it repeats line {twin.Position}. Take it out, raise the units, or say with 76, 77 or 59 why it was done again.", "duplicate-line");
            }
        }
    }

    private static bool Same(ChargeLine a, ChargeLine b) =>
        a.Code == b.Code && a.ServiceOn == b.ServiceOn && a.Modifiers.Order().SequenceEqual(b.Modifiers.Order()) && !b.Modifiers.Any(Repeats);

    /// <summary>Says why a service was done again on one day.</summary>
    internal static bool Repeats(string modifier) => modifier is "76" or "77" or "91" or "59" or "XE" or "XS" or "XP" or "XU";

    private static Finding Of(ChargeLine line, string sentence, string rule) => new(rule, Severity.Error, sentence, ScrubClaim.Field(line, "Modifiers"), line.Id);
}
