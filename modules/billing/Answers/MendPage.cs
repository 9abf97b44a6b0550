using System.ComponentModel.DataAnnotations;
using Modular.Billing.Claims;

namespace Modular.Billing.Answers;

/// <summary>The page on which a rejected element is mended.</summary>
public enum MendPage
{
    [Display(Name = "Charges")] Charges,
    [Display(Name = "Patient")] Patient,
    [Display(Name = "Coverage")] Coverage,
    [Display(Name = "Identifiers")] Identifiers,
    [Display(Name = "Payers' rules")] Payers,
}

/// <summary>Which page has what the 837P carries in a loop, and what the entity of a status is about.</summary>
public static class MendPages
{
    // 005010X222A1, by loop; the longest match counts, and a segment within a loop goes before the loop.
    private static readonly Dictionary<string, MendPage> ByLoop = new()
    {
        ["1000"] = MendPage.Identifiers, ["2000A"] = MendPage.Identifiers, ["2010A"] = MendPage.Identifiers, ["2000B"] = MendPage.Coverage,
        ["2010BA"] = MendPage.Coverage, ["2010BB"] = MendPage.Payers, ["2000C"] = MendPage.Patient, ["2010CA"] = MendPage.Patient,
        ["2300"] = MendPage.Charges, ["2310"] = MendPage.Identifiers, ["2320"] = MendPage.Coverage, ["2330A"] = MendPage.Coverage,
        ["2330B"] = MendPage.Payers, ["2400"] = MendPage.Charges, ["2410"] = MendPage.Charges, ["2420"] = MendPage.Identifiers,
        ["2430"] = MendPage.Charges,
    };

    private static readonly Dictionary<string, MendPage> ByEntity = new()
    {
        ["85"] = MendPage.Identifiers, ["82"] = MendPage.Identifiers, ["87"] = MendPage.Identifiers, ["77"] = MendPage.Identifiers,
        ["41"] = MendPage.Identifiers, ["DN"] = MendPage.Charges, ["DK"] = MendPage.Charges, ["DQ"] = MendPage.Charges,
        ["QC"] = MendPage.Patient, ["IL"] = MendPage.Coverage, ["PR"] = MendPage.Payers,
    };

    private static readonly Dictionary<string, MendPage> ByStatus = new()
    {
        ["33"] = MendPage.Coverage, ["88"] = MendPage.Coverage, ["97"] = MendPage.Coverage, ["116"] = MendPage.Coverage, ["164"] = MendPage.Coverage,
        ["187"] = MendPage.Charges, ["249"] = MendPage.Charges, ["254"] = MendPage.Charges, ["255"] = MendPage.Charges, ["453"] = MendPage.Charges,
        ["454"] = MendPage.Charges, ["476"] = MendPage.Charges, ["507"] = MendPage.Charges, ["535"] = MendPage.Charges,
    };

    public static MendPage? OfLoop(string loop)
    {
        for (var length = loop.Length; length >= 4; length--)
        {
            if (ByLoop.TryGetValue(loop[..length], out var page))
            {
                return page;
            }
        }

        return null;
    }

    public static MendPage? OfStatus(string status, string entity) =>
        ByStatus.TryGetValue(status, out var page) || ByEntity.TryGetValue(entity, out page) ? page : null;

    /// <summary>The address of the page, for this claim.</summary>
    public static string Url(this MendPage page, Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return page switch
        {
            MendPage.Patient => $"/patients/{claim.PatientId}",
            MendPage.Coverage => $"/patients/coverages/{claim.PatientId}/{claim.CoverageId}/edit",
            MendPage.Identifiers => "/billing/identifiers",
            MendPage.Payers => "/billing/payers",
            _ => $"/billing/superbill/{claim.EncounterId}",
        };
    }
}
