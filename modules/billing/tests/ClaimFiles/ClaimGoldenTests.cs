using System.Text;
using Modular.Billing.ClaimFiles;
using Modular.Tests.Harness;
using static Modular.Tests.Billing.ClaimFiles.ClaimCases;

namespace Modular.Tests.Billing.ClaimFiles;

/// <summary>
/// What is written for each situation, to the byte: <c>Golden/claims.txt</c> has them, read beside the guide. MODULAR_GOLDEN=1 writes it anew;
/// then read the difference.
/// </summary>
public sealed class ClaimGoldenTests
{
    private static readonly string File = Path.Combine(Repository.Root, "modules", "billing", "tests", "ClaimFiles", "Golden", "claims.txt");

    private static readonly ClaimProvider Nurse = new(new("NURSE", "NORA"), "1245319599") { Taxonomy = "363L00000X" };

    private static readonly OtherCoverage Second = First with
    {
        Rank = "S",
        Payer = new("SECOND PAYER", "P3"),
        MemberId = "M3",
        Paid = 15,
        FilingCode = "BL",
        GroupNumber = "G3",
    };

    private static readonly ClaimCoverage Medicare = Plain.Coverage with { FilingCode = "MB", MemberId = "1EG4TE5MK73", Payer = new("MEDICARE", "15201") };

    private static readonly Dictionary<string, ClaimFacts[]> Situations = new()
    {
        ["The patient is the subscriber: SBR02 18, the claim under level 22 (x12.md 4)"] = [Plain],
        ["The patient is another: level 23 with PAT01, the subscriber without an address (x12.md 4)"] = [Child],
        ["Medicare is first (x12.md 5)"] = [Plain with { Coverage = Medicare }],
        ["Medicare comes after an employer: SBR05 says why; the first payer's lines balance (x12.md 10)"] =
            [Secondary with { Coverage = Medicare with { Rank = "S", MspType = "12" } }],
        ["The first payer decided the claim as a whole: CAS and date at the claim (x12.md 10)"] = [Whole],
        ["The first payer denied a line and paid the other (x12.md 10)"] =
        [
            Secondary with
            {
                OtherCoverages = [First with { Remarks = ["N1"] }],
                Lines =
                [
                    Line with { Charge = 130, Adjudications = [new("P1", 90, Day.AddDays(20)) { Adjustments = [new("CO", "45", 40)] }] },
                    Line with { ControlNumber = "L2", Procedure = "36415", Charge = 20, Adjudications = [new("P1", 0, Day.AddDays(20)) { Adjustments = [new("CO", "97", 20)], BundledInto = 1 }] },
                ],
            },
        ],
        ["Third after two payers, each balances by itself (x12.md 5, 10)"] =
        [
            Secondary with
            {
                Coverage = Plain.Coverage with { Rank = "T" },
                OtherCoverages = [First, Second],
                Lines = [Line with { Adjudications = [Decided, new("P3", 15, Day.AddDays(40)) { Adjustments = [new("OA", "23", 130), new("PR", "2", 5)] }] }],
            },
        ],
        ["Seven reasons of one group: six in a CAS, the last in another (x12.md 10)"] =
        [
            Whole with
            {
                OtherCoverages = [First with { Adjustments = [.. new[] { "1", "2", "3", "45", "96", "97", "204" }.Select((code, i) => new ClaimAdjustment("CO", code, i < 6 ? 8 : 12m, i == 0 ? 2 : null))], PaidOn = Day }],
            },
        ],
        ["A replacement has the payer's number (x12.md 7)"] = [Referred(new() { PayerClaim = "N7" }) with { Frequency = "7" }],
        ["A void has the payer's number (x12.md 7)"] = [Referred(new() { PayerClaim = "N7" }) with { Frequency = "8" }],
        ["A car accident: cause, state and date"] = [Plain with { Accident = new(Car: true, Date: Day, State: "OH") }],
        ["An accident abroad: country without state"] = [Plain with { Accident = new(Car: true, Date: Day, Country: "FR") }],
        ["Workers' compensation: the employer is the subscriber, the insurer's claim number stands with the patient"] =
        [
            Plain with
            {
                Coverage = Plain.Coverage with { Relationship = "20", FilingCode = "WC", Subscriber = new("TEST WORKS"), SubscriberIsOrganization = true, PropertyClaim = "W7" },
                Accident = new(Employment: true),
                Dates = new() { LastWorked = Day, DisabledFrom = Day },
            },
        ],
        ["Authorization and referral (x12.md 10)"] = [Referred(new() { Authorization = "A7", Referral = "R7" }) with { Referring = Other }],
        ["A laboratory test under CLIA, waived"] = [Plain with { References = new() { Clia = "36D0000007" }, Lines = [Line with { Procedure = "87880", Modifiers = ["QW"] }] }],
        ["A test that another laboratory did: PS1 and who did it"] = [OfLine(Line with { Procedure = "84443", Modifiers = ["90"], Purchase = new(Other with { IsPerson = false }, 40), ReferringClia = "36D0000009" })],
        ["Mammography"] = [Referred(new() { Mammography = "M7" })],
        ["A drug with its NDC, quantity and unit"] = [OfLine(Line with { Procedure = "J3301", Units = 4, Drug = new("00003-0293-05", 1, "ML") })],
        ["Anesthesia in minutes, for an operation"] = [OfLine(Line with { Procedure = "00840", Modifiers = ["AA", "P1"], InMinutes = true, Units = 75 }) with { AnesthesiaProcedures = ["44950"] }],
        ["Equipment is rented, with a certificate and who ordered it"] =
        [
            OfLine(Line with
            {
                Procedure = "E0260", Modifiers = ["RR"], Equipment = new(30, 45, 900, "4", "AB", "R", 12, Day, Day.AddDays(-30)),
                Ordering = Other with { Address = Home, Contact = new("ORDERS", "5555550122") },
            }),
        ],
        ["A visit in the hospital: place, facility, day of admission, discharge"] =
            [Dated(new() { Admission = Day, Discharge = Day.AddDays(3) }) with { PlaceOfService = "21", Facility = Hospital, Rendering = Doctor }],
        ["Incident to: the nurse renders, the doctor supervises"] = [Plain with { Rendering = Nurse, Supervising = Doctor }],
        ["A line by another than who rendered the claim"] = [Plain with { Rendering = Doctor, Lines = [Line, Line with { ControlNumber = "L2", Rendering = Nurse }] }],
        ["A practitioner alone, taxed by the social security number, paid at a box"] =
        [
            Plain with
            {
                Billing = Plain.Billing with { Name = new("DOCTOR", "DORA", "D", "MD"), IsPerson = true, Npi = "1679576722", TaxId = "123-45-6789", TaxIdIsSsn = true, PayTo = new("PO BOX 7", "TESTVILLE", "OH", "43215-0007") },
                Rendering = Doctor,
            },
        ],
        ["Papers by fax and on request"] = [Plain with { Attachments = [new("OZ", "FX", "A7"), new("B3", "AA")] }],
        ["A screening of a child (EPSDT), nothing found"] = [Child with { EpsdtReferrals = [], Lines = [Line with { Epsdt = true }] }],
        ["Several days, half units"] = [OfLine(Line with { To = Day.AddDays(2), Units = 2.5m })],
        ["Twelve diagnoses without dots, four pointers, four modifiers (x12.md 8)"] =
        [
            Plain with
            {
                Diagnoses = ["E11.9", "I10", "J06.9", "R05", "R51", "M54.5", "K21.9", "F41.1", "E78.5", "G47.00", "N39.0", "Z00.00"],
                Lines = [Line with { Pointers = [12, 1, 2, 3], Modifiers = ["25", "59", "LT", "XS"] }],
            },
        ],
        ["A patient who lives abroad, letters with marks"] = [Plain with { Patient = Plain.Patient with { Name = new("Núñez", "José", "Ángel", "Jr"), Address = new("5 Rue d'Été", "Paris", null, "75001", Country: "FR") } }],
        ["A mother: the pregnancy, its last period, weight"] = [Dated(new() { LastMenstrualPeriod = Day.AddDays(-70) }) with { Patient = Plain.Patient with { Pregnant = true, Weight = 150 } }],
        ["Two claims share a billing provider, a third has its own: levels count on (x12.md 4)"] =
            [Plain, Child with { Id = "C2" }, Plain with { Id = "C3", Billing = Plain.Billing with { Name = new("OTHER GROUP"), TaxId = "987654321" } }],
        ["The patient paid a part; a note says what codes do not"] = [Plain with { PatientPaid = 25, Note = new("ADD", "Second opinion\r\nasked for") }],
    };

    public static TheoryData<string> Names => [.. Situations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_written_so(string situation)
    {
        Assert.Equal(Read()[situation], Text(Situations[situation]).Replace("~", "~\n", StringComparison.Ordinal));
        Assert.Empty(ClaimCases.Read(Situations[situation]).Problems);
    }

    [Fact]
    public void There_are_thirty_and_no_others_in_the_file()
    {
        if (Environment.GetEnvironmentVariable("MODULAR_GOLDEN") == "1")
        {
            System.IO.File.WriteAllText(File, string.Concat(Situations.Select(s => $"# {s.Key}\n{Text(s.Value).Replace("~", "~\n", StringComparison.Ordinal)}\n")));
        }

        Assert.InRange(Situations.Count, 30, 40);
        Assert.Equal(Situations.Keys.Order(), Read().Keys.Order());
    }

    private static Dictionary<string, string> Read() => System.IO.File.ReadAllText(File).Split("# ", StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(block => block[..block.IndexOf('\n', StringComparison.Ordinal)], block => block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..^1]);
}
