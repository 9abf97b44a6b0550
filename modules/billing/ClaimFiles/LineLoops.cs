using Modular.Billing.X12;

namespace Modular.Billing.ClaimFiles;

/// <summary>A service line: 2400 to 2430.</summary>
internal static class LineLoops
{
    public static void Write(ClaimOutput output, ClaimFacts claim, ClaimLine line, int number)
    {
        output.Put("LX", ClaimOutput.Number(number));
        output.Put("SV1", Procedure(line.Procedure, line.Modifiers, line.Description), ClaimOutput.Money(line.Charge), line.InMinutes ? "MJ" : "UN",
            ClaimOutput.Number(line.Units), line.PlaceOfService == claim.PlaceOfService ? "" : line.PlaceOfService, "",
            ElementText.Composite([.. line.Pointers.Select(ClaimOutput.Number)]), "", line.Emergency ? "Y" : "", "", line.Epsdt ? "Y" : "",
            line.FamilyPlanning ? "Y" : "", "", "", line.CopayExempt ? "0" : "");
        Equipment(output, line);
        Dates(output, line);
        Facts(output, claim, line);
        if (line.Drug is { } drug)
        {
            output.Put("LIN", "", "N4", drug.Ndc.Replace("-", "", StringComparison.Ordinal));
            output.Put("CTP", "", "", "", ClaimOutput.Number(drug.Quantity), ElementText.Composite(drug.Unit));
            output.Reference("XZ", drug.Prescription);
        }

        Providers(output, claim, line);
        foreach (var adjudication in line.Adjudications)
        {
            Adjudication(output, line, adjudication);
        }
    }

    /// <summary>NM1 and what belongs to it, in the guide's order.</summary>
    public static void Provider(ClaimOutput output, string entity, ClaimProvider? provider)
    {
        if (provider is null)
        {
            return;
        }

        output.Provider(entity, provider);
        if (entity == "82" && provider.Taxonomy is { Length: > 0 } taxonomy)
        {
            output.Put("PRV", "PE", "PXC", taxonomy);
        }

        if (entity is "77" or "DK")
        {
            output.Address(provider.Address);
        }

        output.References(provider.Ids);
        if (entity is "DK")
        {
            output.Contact(provider.Contact);
        }
    }

    private static void Equipment(ClaimOutput output, ClaimLine line)
    {
        if (line.Equipment is { } equipment)
        {
            output.Put("SV5", Procedure(line.Procedure, [], null), "DA", ClaimOutput.Number(equipment.Days), ClaimOutput.Money(equipment.Rent),
                ClaimOutput.Money(equipment.Price), equipment.Frequency);
        }

        output.Attachments(line.Attachments);
        if (line.Equipment?.CertificateSent is { } sent)
        {
            output.Put("PWK", "CT", sent);
        }

        if (line.Equipment?.Certification is { } kind)
        {
            output.Put("CR3", kind, "MO", ClaimOutput.Number(line.Equipment.Months));
        }

        if (line.HospiceEmployee is { } employee)
        {
            output.Put("CRC", "70", employee ? "Y" : "N", "65");
        }
    }

    private static void Dates(ClaimOutput output, ClaimLine line)
    {
        output.Dates("472", line.From, line.To);
        output.Date("471", line.Prescribed);
        output.Date("607", line.Equipment?.Certified);
        output.Date("463", line.Equipment?.TherapyBegan);
        output.Date("461", line.Equipment?.LastCertified);
        output.Date("304", line.LastSeen);
        if (line.Test is { } test)
        {
            output.Date(test.IsCreatinine ? "739" : "738", test.On);
        }

        output.Date("011", line.Shipped);
        output.Date("455", line.LastXray);
        output.Date("454", line.InitialTreatment);
    }

    private static void Facts(ClaimOutput output, ClaimFacts claim, ClaimLine line)
    {
        if (line.ObstetricUnits is { } units)
        {
            output.Put("QTY", "FL", ClaimOutput.Number(units));
        }

        if (line.Test is { } test)
        {
            output.Put("MEA", "TR", test.Kind, ClaimOutput.Number(test.Value));
        }

        output.Reference("G1", Own(line.Authorization, claim.References.Authorization));
        output.Reference("6R", line.ControlNumber);
        output.Reference("EW", Own(line.Mammography, claim.References.Mammography));
        output.Reference("X4", Own(line.Clia, claim.References.Clia));
        output.Reference("F4", line.ReferringClia);
        output.Reference("BT", line.ImmunizationBatch);
        output.Reference("9F", Own(line.Referral, claim.References.Referral));
        output.Amount("T", line.SalesTax);
        output.Amount("F4", line.Postage);
        if (line.Note is { } note)
        {
            output.Put("NTE", note.Code, ClaimOutput.Text(note.Text));
        }

        if (line.Purchase is { } purchase)
        {
            output.Put("PS1", ClaimOutput.Text(purchase.From.Npi), ClaimOutput.Money(purchase.Amount));
        }
    }

    private static void Providers(ClaimOutput output, ClaimFacts claim, ClaimLine line)
    {
        // What the claim says already is not said again (section 2, 2420).
        Provider(output, "82", Own(line.Rendering, claim.Rendering));
        if (line.Purchase is { } purchase)
        {
            output.Put("NM1", "QB", purchase.From.IsPerson ? "1" : "2", "", "", "", "", "", "XX", ClaimOutput.Text(purchase.From.Npi));
        }

        Provider(output, "77", Own(line.Facility, claim.Facility));
        Provider(output, "DQ", Own(line.Supervising, claim.Supervising));
        Provider(output, "DK", line.Ordering);
        Provider(output, "DN", Own(line.Referring, claim.Referring));
    }

    private static void Adjudication(ClaimOutput output, ClaimLine line, LineAdjudication paid)
    {
        output.Put("SVD", ClaimOutput.Text(paid.PayerId), ClaimOutput.Money(paid.Paid),
            Procedure(paid.Procedure ?? line.Procedure, paid.Modifiers ?? line.Modifiers, null), "", ClaimOutput.Number(paid.Units ?? line.Units),
            paid.BundledInto is { } into ? ClaimOutput.Number(into) : "");
        output.Adjustments(paid.Adjustments);
        output.Date("573", paid.On);
        output.Amount("EAF", paid.PatientLiability);
    }

    private static ElementText Procedure(string code, IReadOnlyList<string> modifiers, string? description) => ElementText.Composite(
    [
        "HC", ClaimOutput.Text(code), .. Enumerable.Range(0, 4).Select(i => i < modifiers.Count ? ClaimOutput.Text(modifiers[i]) : ""),
        ClaimOutput.Text(description),
    ]);

    private static T? Own<T>(T? ofLine, T? ofClaim) where T : class => Equals(ofLine, ofClaim) ? null : ofLine;
}
