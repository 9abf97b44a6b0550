using Modular.Billing.Encounters;

namespace Modular.Billing.Scrub;

/// <summary>Drugs, laboratory tests and telehealth: what payers want beside the code.</summary>
internal static class PlaceRules
{
    private static readonly string[] Telehealth = ["95", "93", "GT", "GQ", "FQ"];
    private static readonly string[] Notices = ["GA", "GX", "GY", "GZ"];

    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables _)
    {
        if (c.Coverage is null)
        {
            yield break;
        }

        foreach (var line in c.Lines)
        {
            foreach (var found in Drug(c, line).Concat(Laboratory(c, line)).Concat(Remote(c, line)))
            {
                yield return found;
            }
        }
    }

    /// <summary>Whether it was said already what the patient was told about payment (CMS-R-131).</summary>
    public static bool HasNotice(ChargeLine line) => line.Modifiers.Any(Notices.Contains);

    private static IEnumerable<Finding> Drug(ScrubClaim c, ChargeLine line)
    {
        if (line.Code is not ['J', ..])
        {
            yield break;
        }

        // 42 CFR 447.520: Medicaid's share of a drug comes from its maker, who is named by the NDC.
        if (c.IsMedicaid && line.Ndc is null)
        {
            yield return new("ndc", Severity.Error, $"{ScrubClaim.Of(line)} Medicaid pays a drug only with its NDC, quantity and unit. Enter them under \"Drug, note\".", ScrubClaim.Field(line, "Ndc"), line.Id);
        }

        // 42 CFR 414.940, claims for services from July 1, 2023.
        if (c.IsMedicare && line.ServiceOn >= new DateOnly(2023, 7, 1) && !line.Modifiers.Any(m => m is "JW" or "JZ"))
        {
            yield return new("discarded", Severity.Warning, $"{ScrubClaim.Of(line)} from a single-dose vial Medicare wants JZ when nothing was discarded, or a second line with JW for what was.", ScrubClaim.Field(line, "Modifiers"), line.Id);
        }

        if (line.Modifiers.Contains("JW") && !c.Lines.Any(l => l.Id != line.Id && l.Code == line.Code && l.ServiceOn == line.ServiceOn && !l.Modifiers.Contains("JW")))
        {
            yield return new("discarded", Severity.Error, $"{ScrubClaim.Of(line)} JW is for discarded units, and no line says what was given. Add it.", ScrubClaim.Field(line, "Code"), line.Id);
        }
    }

    /// <summary>42 CFR 493: each place that tests has a CLIA number; with a certificate of waiver a test is marked QW.</summary>
    private static IEnumerable<Finding> Laboratory(ScrubClaim c, ChargeLine line)
    {
        var tests = line.Code.Length == 5 && line.Code.All(char.IsAsciiDigit) && string.CompareOrdinal(line.Code, "80047") >= 0 && string.CompareOrdinal(line.Code, "89398") <= 0;
        if ((tests || line.Modifiers.Contains("QW")) && c.Clia is null && !line.Modifiers.Contains("90"))
        {
            yield return new("clia", c.IsMedicare || line.Modifiers.Contains("QW") ? Severity.Error : Severity.Warning,
                $"{ScrubClaim.Of(line)} a laboratory test needs the CLIA number of the place. Enter it in the billing setup, or 90 if another laboratory did it.", ScrubClaim.Field(line, "Code"), line.Id, "/billing/identifiers");
        }
    }

    private static IEnumerable<Finding> Remote(ScrubClaim c, ChargeLine line)
    {
        var (there, marked) = (c.Encounter.PlaceOfService is "02" or "10", line.Modifiers.Any(Telehealth.Contains));
        if (marked && !there && c.IsMedicare)
        {
            yield return new("telehealth", Severity.Error, $"{ScrubClaim.Of(line)} the modifier says telehealth, and the place of service is {c.Encounter.PlaceOfService}. Choose 10 (at home) or 02 (elsewhere).", "PlaceOfService", line.Id);
        }
        else if (there && !marked && !c.IsMedicare)
        {
            yield return new("telehealth", Severity.Warning, $"{ScrubClaim.Of(line)} for telehealth most plans want 95 (sound and picture) or 93 (sound alone).", ScrubClaim.Field(line, "Modifiers"), line.Id);
        }
    }
}
