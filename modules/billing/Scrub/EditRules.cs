using System.Globalization;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>
/// The National Correct Coding Initiative of CMS, from the files that the practice loads: pairs of codes, units a day, add-on codes. Medicare and
/// Medicaid judge by them; other payers mostly do, so for them they are warnings.
/// </summary>
internal static class EditRules
{
    /// <summary>NCCI Policy Manual, chapter I, E: the modifiers by which a pair with indicator 1 may be told apart.</summary>
    private static readonly HashSet<string> Apart =
    [
        "E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9",
        "LT", "RT", "LC", "LD", "RC", "LM", "RI", "24", "25", "57", "58", "78", "79", "27", "59", "91", "XE", "XS", "XP", "XU",
    ];

    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables tables) =>
        c.Coverage is null ? [] : [.. Pairs(c, tables), .. Units(c, tables), .. AddOns(c, tables)];

    private static Severity Weight(ScrubClaim c) => c.IsMedicare || c.IsMedicaid ? Severity.Error : Severity.Warning;

    private static IEnumerable<Finding> Pairs(ScrubClaim c, ScrubTables tables)
    {
        foreach (var second in c.Lines)
        {
            foreach (var first in c.Lines.Where(l => l.Id != second.Id && l.ServiceOn == second.ServiceOn && l.Code != second.Code))
            {
                if (tables.Pair(first.Code, second.Code, second.ServiceOn) is not { } pair || pair.Modifier == "9")
                {
                    continue;
                }

                if (pair.Modifier == "0")
                {
                    yield return new("ncci-pair", Weight(c), $"{ScrubClaim.Of(second)} it is never paid beside {first.Code} of the same day, whatever the modifier ({pair.Rationale}). Take one of them out.",
                        ScrubClaim.Field(second, "Code"), second.Id);
                }
                else if (!first.Modifiers.Concat(second.Modifiers).Any(Apart.Contains))
                {
                    yield return new("ncci-pair", Weight(c), $"{ScrubClaim.Of(second)} it is part of {first.Code} of the same day ({pair.Rationale}). Take it out, or say with 59, XS or the like why it was apart.",
                        ScrubClaim.Field(second, "Modifiers"), second.Id);
                }
            }
        }
    }

    private static IEnumerable<Finding> Units(ScrubClaim c, ScrubTables tables)
    {
        foreach (var day in c.Lines.GroupBy(l => (l.Code, l.ServiceOn)))
        {
            if (tables.Limit(day.Key.Code, day.Key.ServiceOn) is not { } limit)
            {
                continue;
            }

            // 1 is judged by the line; 2 and 3 by all lines of the day.
            foreach (var line in limit.Adjudication == "1" ? day.Where(l => l.Units > limit.Units) : day.Sum(l => l.Units) > limit.Units ? day.Take(1) : [])
            {
                var units = (limit.Adjudication == "1" ? line.Units : day.Sum(l => l.Units)).ToString("0.##", CultureInfo.InvariantCulture);
                var sentence = limit.Adjudication switch
                {
                    "1" => $"{units} units are more than the {limit.Units} that a line can have. Split the line and say with a modifier why",
                    "2" => $"{units} units on {Said.ShortDay(line.ServiceOn)} are more than the {limit.Units} that policy allows on a day. Nothing is paid above them",
                    _ => $"{units} units on {Said.ShortDay(line.ServiceOn)} are more than the {limit.Units} usual on a day. Check them; what is above is denied and may be appealed with the record",
                };
                yield return new("unit-limit", limit.Adjudication == "3" ? Severity.Warning : Weight(c), $"{ScrubClaim.Of(line)} {sentence} ({limit.Rationale}).", ScrubClaim.Field(line, "Units"), line.Id);
            }
        }
    }

    /// <summary>ZZZ in the physician fee schedule: a service that is only done beside another.</summary>
    private static IEnumerable<Finding> AddOns(ScrubClaim c, ScrubTables tables) => c.Lines
        .Where(line => tables.GlobalDays(line.Code, line.ServiceOn) == "ZZZ"
            && !c.Lines.Any(l => l.ServiceOn == line.ServiceOn && l.Id != line.Id && IsBase(tables, l)))
        .Select(line => new Finding("add-on", Severity.Error, $"{ScrubClaim.Of(line)} it is an add-on, which is paid beside its main service alone. Add the main service of {Said.ShortDay(line.ServiceOn)}.",
            ScrubClaim.Field(line, "Code"), line.Id));

    private static bool IsBase(ScrubTables tables, ChargeLine line) => tables.GlobalDays(line.Code, line.ServiceOn) != "ZZZ";
}
