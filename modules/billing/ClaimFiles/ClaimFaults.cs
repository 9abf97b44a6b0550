using Modular.Billing.X12;

namespace Modular.Billing.ClaimFiles;

/// <summary>
/// Why a claim cannot be sent, in sentences. First what the validator of files cannot see, then what it says of the file that would be written:
/// what it only warns of in the files of others is refused in ours.
/// </summary>
public static class ClaimFaults
{
    /// <summary>Section 2, 2400 LX.</summary>
    public const int MostLines = 50;

    /// <summary>Section 2, 2300 HI.</summary>
    public const int MostDiagnoses = 12;

    /// <summary>Places where a patient stays: a claim from there has the day of admission (section 2, 2300 DTP*435).</summary>
    private static readonly string[] Inpatient = ["21", "51", "61"];

    /// <summary>Empty when it may go.</summary>
    public static IReadOnlyList<string> Of(ClaimFacts claim)
    {
        List<string> own = [.. Own(claim), .. claim.Lines.SelectMany((line, i) => OfLine(line, i + 1))];
        return own.Count > 0 ? own : OfFile(claim);
    }

    private static IEnumerable<string> Own(ClaimFacts claim)
    {
        var (coverage, accident) = (claim.Coverage, claim.Accident);
        (bool Wrong, string Sentence)[] demands =
        [
            (claim.Lines.Count == 0, "The claim has no service line."),
            (claim.Lines.Count > MostLines, $"The claim has {claim.Lines.Count} service lines; at most {MostLines} fit, so split it."),
            (claim.Diagnoses.Count == 0, "The claim has no diagnosis."),
            (claim.Diagnoses.Count > MostDiagnoses, $"The claim has {claim.Diagnoses.Count} diagnoses; at most {MostDiagnoses} fit."),
            (claim.Charge < 0, "The claim's charge is negative."),
            (!coverage.IsSelf && coverage.Subscriber is null, "The patient is not the subscriber, and the subscriber has no name."),
            (coverage.IsSelf && coverage.SubscriberIsOrganization, "The patient is the subscriber, so the subscriber cannot be an organization."),
            (claim.Frequency is "7" or "8" && coverage.FilingCode == "MB",
                "Medicare Part B takes neither replacements nor voids (frequency 7 and 8): ask for a reopening or appeal."),
            (accident is { Date: not null, Car: false, Other: false, Employment: false }, "The claim has the date of an accident, but no accident."),
            (accident is { State: not null, Car: false }, "The state of an accident is said of car accidents alone."),
            (accident is { Country: not null and not "US", State: not null }, "A car accident abroad has a country and no state."),
            (coverage.MspType is not null && (coverage.Rank == "P" || coverage.FilingCode is not ("MA" or "MB")),
                "Why Medicare is not primary is said of a claim that goes to Medicare as second or later payer alone."),
            (coverage.FilingCode == "WC" && accident is not { Employment: true },
                "Workers' compensation pays what came of work: say that the condition is related to employment."),
            (coverage.FilingCode is "WC" or "AM" && string.IsNullOrWhiteSpace(coverage.PropertyClaim),
                "A claim to workers' compensation or car insurance needs the insurer's claim number (REF*Y4)."),
            (coverage.PropertyClaim is not null && coverage.FilingCode is not ("WC" or "AM" or "LM" or "TV" or "ZZ" or "CI"),
                "The number of a property and casualty claim stands on claims to such insurers alone."),
            (Inpatient.Contains(claim.PlaceOfService) && claim.Dates.Admission is null, "Care in a hospital stay needs the day of admission."),
            (claim.Dates is { Discharge: not null, Admission: null }, "The claim has a day of discharge and none of admission."),
            (claim.Dates is { Discharge: { } left, Admission: { } came } && left < came, "The discharge is before the admission."),
            (claim.Facility is { Address: null }, "The service facility has no address."),
            (claim.Facility is { IsPerson: true } || claim.Lines.Any(l => l.Facility is { IsPerson: true }),
                "A service facility is an organization."),
            (claim.Billing.IsPerson && string.IsNullOrWhiteSpace(claim.Billing.Name.First), "The billing provider is a person without a first name."),
            (claim.AnesthesiaProcedures.Count > 2, "A claim names two surgeries at most for which anesthesia was given."),
            (claim.Vision is { Reasons.Count: 0 or > 5 }, "A vision prescription has one to five reasons."),
            (claim.Attachments.Count > 10, "A claim has ten attachments at most."),
            (claim.OtherCoverages.Any(o => o.Paid is < 0), "Another payer cannot have paid less than nothing."),
            (Unbalanced(claim) is not null, $"The payer {Unbalanced(claim)} decided lines, but not what it paid for the claim."),
        ];
        return demands.Where(d => d.Wrong).Select(d => d.Sentence);
    }

    private static IEnumerable<string> OfLine(ClaimLine line, int number)
    {
        (bool Wrong, string Sentence)[] demands =
        [
            (line.Charge < 0, "charge is negative"),
            (line.Units <= 0, "units are not above zero"),
            (decimal.Round(line.Charge, 2) != line.Charge, "charge has parts of a cent"),
            (line.Pointers.Count is 0 or > 4, "diagnosis pointers are not one to four"),
            (line.Modifiers.Count > 4, "modifiers are more than four"),
            (line.To < line.From, "last day is before its first"),
            (line.Drug is { } drug && drug.Ndc.Count(char.IsAsciiDigit) != 11, "NDC does not have eleven digits"),
            (line.Drug is { Quantity: <= 0 }, "quantity of the drug is not above zero"),
            (line.Equipment is { Certification: not null, Months: <= 0 }, "certification has no months"),
            (line.Equipment is { Certification: "R" or "S", Certified: null }, "certification was renewed or revised, and its date is missing"),
            (line.Ordering is not null && line.Equipment?.CertificateSent is not null && line.Ordering.Address is null,
                "certificate needs the address of who ordered the equipment"),
            (line.Purchase is { From.Npi: null or "" }, "purchased service has no NPI of who gave it"),
            (line.Adjudications.Count > 15, "decisions of payers are more than fifteen"),
        ];
        return demands.Where(d => d.Wrong).Select(d => $"Line {number} ({line.Procedure}): its {d.Sentence}.");
    }

    /// <summary>A payer that decided lines has a sum for the claim (section 1.4.4.2): AMT*D.</summary>
    private static string? Unbalanced(ClaimFacts claim) => claim.OtherCoverages
        .FirstOrDefault(o => o.Paid is null && claim.Lines.Any(line => line.Adjudications.Any(a => a.PayerId == o.Payer.Id)))?.Payer.Name;

    /// <summary>The claim alone in a file, judged like any other.</summary>
    private static IReadOnlyList<string> OfFile(ClaimFacts claim)
    {
        using var stream = new MemoryStream();
        try
        {
            ClaimFile.WriteJudged(stream, Alone(claim));
        }
        catch (X12WriteException refused)
        {
            return [refused.Message];
        }

        return [.. X12Document.Read(stream.ToArray()).Problems.Select(p => p.Sentence).Distinct()];
    }

    private static ClaimBatch Alone(ClaimFacts claim) => new()
    {
        Header = new("ZZ", "SENDER", "ZZ", "RECEIVER", 1, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), IsTest: true),
        ApplicationSender = "SENDER",
        ApplicationReceiver = "RECEIVER",
        GroupNumber = 1,
        Reference = "1",
        Submitter = new("SENDER"),
        SubmitterId = "SENDER",
        Contact = new("SENDER", "5555550100"),
        Receiver = "RECEIVER",
        ReceiverId = "RECEIVER",
        Claims = [claim],
    };
}
