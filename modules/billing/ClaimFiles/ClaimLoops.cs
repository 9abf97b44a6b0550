using Modular.Billing.X12;

namespace Modular.Billing.ClaimFiles;

/// <summary>A claim under its billing provider: 2000B, 2000C, 2300 to 2330. Its lines are <see cref="LineLoops"/>.</summary>
internal static class ClaimLoops
{
    public static void Write(ClaimOutput output, ClaimFacts claim, int provider)
    {
        var coverage = claim.Coverage;
        var subscriber = output.Level(provider, "22", hasBelow: !coverage.IsSelf);
        output.Put("SBR", coverage.Rank, coverage.IsSelf ? "18" : "", ClaimOutput.Text(coverage.GroupNumber),
            string.IsNullOrEmpty(coverage.GroupNumber) ? ClaimOutput.Text(coverage.GroupName) : "", coverage.MspType, "", "", "",
            coverage.FilingCode);
        if (coverage.IsSelf)
        {
            Condition(output, claim.Patient, "");
        }

        output.Name("IL", coverage.IsSelf ? claim.Patient.Name : coverage.Subscriber!, !coverage.SubscriberIsOrganization, "MI", coverage.MemberId);
        if (coverage.IsSelf)
        {
            Person(output, claim.Patient);
        }

        output.Reference("SY", coverage.Ssn);
        if (coverage.IsSelf)
        {
            output.Reference("Y4", coverage.PropertyClaim);
        }

        output.Name("PR", new(coverage.Payer.Name), isPerson: false, coverage.Payer.IdType, coverage.Payer.Id);
        output.Address(coverage.Payer.Address);
        output.References(coverage.Payer.Ids);
        output.References(coverage.BillingIds);
        if (!coverage.IsSelf)
        {
            output.Level(subscriber, "23", hasBelow: false);
            Condition(output, claim.Patient, coverage.Relationship);
            output.Name("QC", claim.Patient.Name, isPerson: true);
            Person(output, claim.Patient);
            output.Reference("Y4", coverage.PropertyClaim);
        }

        Claim(output, claim);
    }

    /// <summary>PAT: who the patient is to the subscriber, and what the payer must know of the patient.</summary>
    private static void Condition(ClaimOutput output, ClaimPerson patient, string relationship)
    {
        if (relationship.Length > 0 || patient.Died is not null || patient.Weight is not null || patient.Pregnant)
        {
            output.Put("PAT", relationship, "", "", "", patient.Died is null ? "" : "D8", patient.Died is { } died ? ClaimOutput.Day(died) : "",
                patient.Weight is null ? "" : "01", patient.Weight is { } weight ? ClaimOutput.Number(weight) : "", patient.Pregnant ? "Y" : "");
        }
    }

    private static void Person(ClaimOutput output, ClaimPerson person)
    {
        output.Address(person.Address);
        output.Put("DMG", "D8", ClaimOutput.Day(person.BirthDate), person.Sex);
    }

    private static void Claim(ClaimOutput output, ClaimFacts claim)
    {
        output.Put("CLM", ClaimOutput.Text(claim.Id, keepCase: true), ClaimOutput.Money(claim.Charge), "", "",
            ElementText.Composite(claim.PlaceOfService, "B", claim.Frequency), claim.ProviderSigned ? "Y" : "N", claim.Assignment,
            claim.BenefitsAssigned, claim.Release, claim.SignedForPatient ? "P" : "", Accident(claim.Accident), claim.SpecialProgram, "", "", "",
            "", "", "", "", claim.DelayReason);
        Dates(output, claim.Dates, claim.Accident?.Date);
        output.Attachments(claim.Attachments);
        if (claim.Contract is { } contract)
        {
            output.Put("CN1", contract.Type, contract.Amount is { } amount ? ClaimOutput.Money(amount) : "",
                contract.Percent is { } percent ? ClaimOutput.Number(percent) : "", ClaimOutput.Text(contract.Code));
        }

        output.Amount("F5", claim.PatientPaid);
        References(output, claim.References);
        foreach (var information in claim.FileInformation)
        {
            output.Put("K3", ClaimOutput.Text(information));
        }

        if (claim.Note is { } note)
        {
            output.Put("NTE", note.Code, ClaimOutput.Text(note.Text));
        }

        Conditions(output, claim);
        Codes(output, claim);
        Providers(output, claim);
        foreach (var other in claim.OtherCoverages)
        {
            Other(output, claim, other);
        }

        for (var i = 0; i < claim.Lines.Count; i++)
        {
            LineLoops.Write(output, claim, claim.Lines[i], i + 1);
        }
    }

    /// <summary>CLM11: a car before another accident before work, as many as are true.</summary>
    private static ElementText Accident(ClaimAccident? accident)
    {
        if (accident is null)
        {
            return "";
        }

        var causes = new[] { accident.Car ? "AA" : "", accident.Other ? "OA" : "", accident.Employment ? "EM" : "" }
            .Where(cause => cause.Length > 0).ToList();
        return ElementText.Composite(causes.ElementAtOrDefault(0) ?? "", causes.ElementAtOrDefault(1) ?? "", "", accident.State ?? "",
            accident.Country is null or "US" ? "" : accident.Country);
    }

    private static void Dates(ClaimOutput output, ClaimDates dates, DateOnly? accident)
    {
        output.Date("431", dates.Onset);
        output.Date("454", dates.InitialTreatment);
        output.Date("304", dates.LastSeen);
        output.Date("453", dates.AcuteManifestation);
        output.Date("439", accident);
        output.Date("484", dates.LastMenstrualPeriod);
        output.Date("455", dates.LastXray);
        output.Date("471", dates.Prescription);
        if (dates is { DisabledFrom: { } from, DisabledTo: { } to })
        {
            output.Put("DTP", "314", "RD8", $"{ClaimOutput.Day(from)}-{ClaimOutput.Day(to)}");
        }
        else
        {
            output.Date("360", dates.DisabledFrom);
            output.Date("361", dates.DisabledTo);
        }

        output.Date("297", dates.LastWorked);
        output.Date("296", dates.ReturnToWork);
        output.Date("435", dates.Admission);
        output.Date("096", dates.Discharge);
        output.Date("090", dates.CareAssumed);
        output.Date("091", dates.CareRelinquished);
        output.Date("444", dates.FirstContact);
    }

    private static void References(ClaimOutput output, ClaimReferences references)
    {
        output.Reference("4N", references.AuthorizationException);
        output.Reference("EW", references.Mammography);
        output.Reference("9F", references.Referral);
        output.Reference("G1", references.Authorization);
        output.Reference("F8", references.PayerClaim);
        output.Reference("X4", references.Clia);
        output.Reference("LX", references.InvestigationalDevice);
        output.Reference("D9", references.Clearinghouse);
        output.Reference("EA", references.MedicalRecord);
        output.Reference("P4", references.Demonstration);
        output.Reference("1J", references.CarePlanOversight);
    }

    private static void Conditions(ClaimOutput output, ClaimFacts claim)
    {
        if (claim.SpinalCondition is { } spinal)
        {
            output.Put("CR2", "", "", "", "", "", "", "", spinal);
        }

        if (claim.Vision is { } vision)
        {
            output.Put("CRC", [(ElementText)vision.Kind, "Y", .. vision.Reasons.Take(5).Select(ElementText.FromString)]);
        }

        if (claim.Homebound)
        {
            output.Put("CRC", "75", "Y", "IH");
        }

        if (claim.EpsdtReferrals is { } referrals)
        {
            var codes = referrals.DefaultIfEmpty("NU").Take(3).Select(ElementText.FromString);
            output.Put("CRC", [(ElementText)"ZZ", referrals.Count > 0 ? "Y" : "N", .. codes]);
        }
    }

    private static void Codes(ClaimOutput output, ClaimFacts claim)
    {
        output.Put("HI", [.. claim.Diagnoses.Select((code, i) => ElementText.Composite(i == 0 ? "ABK" : "ABF", Code(code)))]);
        if (claim.AnesthesiaProcedures.Count > 0)
        {
            output.Put("HI", [.. claim.AnesthesiaProcedures.Select((code, i) => ElementText.Composite(i == 0 ? "BP" : "BO", Code(code)))]);
        }

        foreach (var conditions in claim.Conditions.Chunk(12))
        {
            output.Put("HI", [.. conditions.Select(code => ElementText.Composite("BG", Code(code)))]);
        }
    }

    private static void Providers(ClaimOutput output, ClaimFacts claim)
    {
        foreach (var (entity, referring) in new[] { ("DN", claim.Referring), ("P3", claim.PrimaryCare) })
        {
            LineLoops.Provider(output, entity, referring);
        }

        // Only where it differs from the billing provider (section 2, 2310B, 2310C).
        if (claim.Rendering is { } rendering && !(claim.Billing.IsPerson && rendering.Npi == claim.Billing.Npi))
        {
            LineLoops.Provider(output, "82", rendering);
        }

        if (claim.Facility is { } facility && facility.Address != claim.Billing.Address)
        {
            LineLoops.Provider(output, "77", facility);
        }

        LineLoops.Provider(output, "DQ", claim.Supervising);
    }

    private static void Other(ClaimOutput output, ClaimFacts claim, OtherCoverage other)
    {
        output.Put("SBR", other.Rank, other.Relationship, ClaimOutput.Text(other.GroupNumber),
            string.IsNullOrEmpty(other.GroupNumber) ? ClaimOutput.Text(other.GroupName) : "", other.MspType, "", "", "", other.FilingCode);
        output.Adjustments(other.Adjustments);
        output.Amount("D", other.Paid);
        output.Amount("A8", other.NotCovered);
        output.Amount("EAF", other.PatientLiability);
        output.Put("OI", "", "", other.BenefitsAssigned, "", "", other.Release);
        if (other.Remarks.Count > 0)
        {
            output.Put("MOA", ["", "", .. other.Remarks.Take(5).Select(ElementText.FromString)]);
        }

        output.Name("IL", other.Subscriber, isPerson: true, "MI", other.MemberId);
        output.Address(other.SubscriberAddress);
        output.Name("PR", new(other.Payer.Name), isPerson: false, other.Payer.IdType, other.Payer.Id);
        output.Address(other.Payer.Address);
        if (!claim.Lines.Any(line => line.Adjudications.Any(a => a.PayerId == other.Payer.Id)))
        {
            output.Date("573", other.PaidOn);
        }

        output.References(other.Payer.Ids);
        output.Reference("G1", other.Authorization);
        output.Reference("9F", other.Referral);
        output.Reference("F8", other.PayerClaim);
    }

    /// <summary>Codes are written without a dot.</summary>
    private static string Code(string code) => ClaimOutput.Text(code.Replace(".", "", StringComparison.Ordinal));
}
