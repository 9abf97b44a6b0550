using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>
/// The package of a procedure (Claims Processing Manual ch. 12 §40): visits of its day, the day before a major one, and the 10 or 90 days after
/// it are paid with it, unless a modifier says why not. And services that were charged before.
/// </summary>
internal static class GlobalRules
{
    private const int Minor = 10, Major = 90;

    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables tables) =>
        c.Coverage is null ? [] : [.. SameDay(c, tables), .. After(c, tables), .. Repeated(c)];

    private static int? DaysAfter(ScrubTables tables, string code, DateOnly day) => tables.GlobalDays(code, day) switch { "000" => 0, "010" => Minor, "090" => Major, _ => null };

    /// <summary>Evaluation and management: 99202 to 99499.</summary>
    private static bool IsVisit(string code) => string.CompareOrdinal(code, "99202") >= 0 && string.CompareOrdinal(code, "99499") <= 0 && code.Length == 5;

    private static IEnumerable<Finding> SameDay(ScrubClaim c, ScrubTables tables)
    {
        foreach (var visit in c.Lines.Where(l => IsVisit(l.Code)))
        {
            foreach (var procedure in c.Lines.Where(l => !IsVisit(l.Code)))
            {
                var days = DaysAfter(tables, procedure.Code, procedure.ServiceOn);
                var before = procedure.ServiceOn.DayNumber - visit.ServiceOn.DayNumber;
                if (days is 0 or Minor && before == 0 && !visit.Modifiers.Contains("25"))
                {
                    yield return Of(visit, $"{ScrubClaim.Of(visit)} a visit on the day of {procedure.Code} is paid with it. Add 25 if it was separate and significant.");
                }
                else if (days == Major && before is 0 or 1 && !visit.Modifiers.Contains("57") && !visit.Modifiers.Contains("25"))
                {
                    yield return Of(visit, $"{ScrubClaim.Of(visit)} a visit on the day of a major procedure, {procedure.Code}, or the day before, is paid with it. Add 57 if surgery was decided at it.");
                }
            }
        }
    }

    private static IEnumerable<Finding> After(ScrubClaim c, ScrubTables tables)
    {
        foreach (var line in c.Lines)
        {
            foreach (var earlier in c.Others.Where(o => o.On < line.ServiceOn && !o.Modifiers.Contains("55") && DaysAfter(tables, o.Code, o.On) is { } days
                && line.ServiceOn.DayNumber - o.On.DayNumber <= days))
            {
                string[] excuses = IsVisit(line.Code) ? ["24"] : ["58", "78", "79"];
                if (!line.Modifiers.Any(excuses.Contains) && (IsVisit(line.Code) || DaysAfter(tables, line.Code, line.ServiceOn) is not null))
                {
                    yield return Of(line, $"{ScrubClaim.Of(line)} it falls into the {DaysAfter(tables, earlier.Code, earlier.On)} days after {earlier.Code} of {Said.ShortDay(earlier.On)}. "
                        + (IsVisit(line.Code) ? "Add 24 if the visit had nothing to do with it." : "Add 58 (planned), 78 (back to the operating room) or 79 (unrelated)."));
                    break;
                }
            }
        }
    }

    private static IEnumerable<Finding> Repeated(ScrubClaim c) => c.Lines
        .Where(line => !line.Modifiers.Any(ModifierRules.Repeats)
            && c.Others.Any(o => o.On == line.ServiceOn && o.Code == line.Code && o.RenderingId == c.Encounter.RenderingId && o.Modifiers.Order().SequenceEqual(line.Modifiers.Order())))
        .Select(line => new Finding("duplicate", Severity.Error, $"{ScrubClaim.Of(line)} the same service of {Said.ShortDay(line.ServiceOn)} was charged on another encounter of this patient. Take it out here or there, or say with 76 or 77 that it was done again.",
            ScrubClaim.Field(line, "Code"), line.Id));

    private static Finding Of(ChargeLine line, string sentence) => new("global", Severity.Error, sentence, ScrubClaim.Field(line, "Modifiers"), line.Id);
}
