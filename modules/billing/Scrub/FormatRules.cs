using System.Text.RegularExpressions;
using Modular.Billing.Encounters;
using Modular.Billing.X12;

namespace Modular.Billing.Scrub;

/// <summary>What a claim cannot go out without, and numbers that are no such numbers.</summary>
internal static partial class FormatRules
{
    /// <summary>What is not there cannot be let pass.</summary>
    public const string Incomplete = "incomplete";

    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables _)
    {
        foreach (var missing in c.Encounter.Missing())
        {
            yield return new(Incomplete, Severity.Error, missing.Sentence, missing.Field);
        }

        if (c.Coverage is null)
        {
            yield break; // The patient pays: there is no claim.
        }

        foreach (var (who, npi, field) in new[] { ("rendering", c.RenderingNpi, "Rendering"), ("supervising", c.SupervisingNpi, "Supervising"), ("ordering", c.OrderingNpi, "Ordering") })
        {
            if (npi is not null && !Npi.IsValid(npi))
            {
                yield return new($"npi-{who}", Severity.Error, $"The NPI of the {who} provider, {npi}, has a wrong check digit. Correct it on the staff member's page.", field, Page: "/admin/staff");
            }
        }

        if (c.Encounter.RenderingId is not null && c.RenderingNpi is null)
        {
            yield return new("npi-rendering", Severity.Error, $"{c.Encounter.Rendering} has no NPI. Enter it on the staff member's page.", "Rendering", Page: "/admin/staff");
        }

        if (c.Encounter.ReferringNpi is { } referring && !Npi.IsValid(referring))
        {
            yield return new("npi-referring", Severity.Error, $"The NPI of the referring provider, {referring}, has a wrong check digit.", "ReferringNpi");
        }

        if (c.IsMedicare && !Mbi().IsMatch(c.Coverage.MemberId.Replace("-", "", StringComparison.Ordinal)))
        {
            yield return new("mbi", Severity.Error, "The member id is no Medicare number (11 characters as on the card: 1EG4-TE5-MK73). Correct it on the patient's coverage.", Page: c.Chart);
        }

        if (c.HasBillingAddress && (c.BillingZip is null || c.BillingZip.Count(char.IsAsciiDigit) != 9))
        {
            yield return new("zip", Severity.Error, "The billing address needs the ZIP code with all nine digits. Complete it on the location's page.", Page: "/admin/locations");
        }

        if (string.IsNullOrEmpty(c.PatientZip))
        {
            yield return new("patient-address", Severity.Error, "The patient has no address with a ZIP code. Complete it on the chart.", Page: c.Chart);
        }
    }

    /// <summary>CMS, Understanding the MBI: position by position a digit from 1, a letter without S, L, O, I, B, Z, or either.</summary>
    [GeneratedRegex("^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}\\z")]
    private static partial Regex Mbi();
}
