using Modular.Billing.ClaimFiles;
using static Modular.Tests.Billing.ClaimFiles.ClaimCases;

namespace Modular.Tests.Billing.ClaimFiles;

/// <summary>Each situational element: a claim that needs it carries it, one that does not need it does not (x12.md rule 10).</summary>
public sealed class ClaimElementTests
{
    private static readonly LineEquipment Equipment = new(30, 45, 900, "4", "AB", "I", 12, Day, Day.AddDays(-3), Day.AddDays(-2));

    private static readonly Dictionary<string, ClaimFacts> Needing = new()
    {
        ["2000A PRV*BI"] = Plain with { Billing = Plain.Billing with { Taxonomy = "207Q00000X" } },
        ["2010AA REF*SY"] = Plain with { Billing = Plain.Billing with { Name = new("DOCTOR", "DORA"), IsPerson = true, TaxIdIsSsn = true } },
        ["2010AA PER*IC"] = Plain with { Billing = Plain.Billing with { Contact = new("BILLER", "5555550111", "12", "5555550112", "billing@example.org") } },
        ["2010AB NM1*87"] = Plain with { Billing = Plain.Billing with { PayTo = new("PO BOX 7", "TESTVILLE", "OH", "432150007") } },
        ["2000B SBR03"] = Plain with { Coverage = Plain.Coverage with { GroupNumber = "G7" } },
        ["2000B SBR04"] = Plain with { Coverage = Plain.Coverage with { GroupName = "TEST WORKS" } },
        ["2000B SBR05"] = Secondary with { Coverage = Secondary.Coverage with { FilingCode = "MB", MspType = "12", MemberId = "1EG4TE5MK73" } },
        ["2000B PAT06"] = Plain with { Patient = Plain.Patient with { Died = Day } },
        ["2000B PAT08"] = Plain with { Patient = Plain.Patient with { Weight = 121.5m } },
        ["2000B PAT09"] = Plain with { Patient = Plain.Patient with { Pregnant = true } },
        ["2000C PAT*19"] = Child,
        ["2010BA REF*SY"] = Plain with { Coverage = Plain.Coverage with { Ssn = "123456789" } },
        ["2010BA REF*Y4"] = Work(Plain),
        ["2010CA REF*Y4"] = Work(Child),
        ["2010BB N301"] = Plain with { Coverage = Plain.Coverage with { Payer = Plain.Coverage.Payer with { Address = Home } } },
        ["2010BB REF*FY"] = Plain with { Coverage = Plain.Coverage with { Payer = Plain.Coverage.Payer with { Ids = [new("FY", "OFFICE7")] } } },
        ["2010BB REF*G2"] = Plain with { Coverage = Plain.Coverage with { BillingIds = [new("G2", "OURS7")] } },
        ["2300 CLM10"] = Plain with { SignedForPatient = true },
        ["2300 CLM11"] = Plain with { Accident = new(Employment: true) },
        ["2300 CLM11-4"] = Plain with { Accident = new(Car: true, Date: Day, State: "OH") },
        ["2300 CLM11-5"] = Plain with { Accident = new(Other: true, Date: Day, Country: "FR") },
        ["2300 CLM12"] = Plain with { SpecialProgram = "02" },
        ["2300 CLM20"] = Plain with { DelayReason = "7" },
        ["2300 DTP*431"] = Dated(new() { Onset = Day }),
        ["2300 DTP*454"] = Dated(new() { InitialTreatment = Day }),
        ["2300 DTP*304"] = Dated(new() { LastSeen = Day }),
        ["2300 DTP*453"] = Dated(new() { AcuteManifestation = Day }),
        ["2300 DTP*439"] = Plain with { Accident = new(Other: true, Date: Day) },
        ["2300 DTP*484"] = Dated(new() { LastMenstrualPeriod = Day }),
        ["2300 DTP*455"] = Dated(new() { LastXray = Day }),
        ["2300 DTP*471"] = Dated(new() { Prescription = Day }),
        ["2300 DTP*314"] = Dated(new() { DisabledFrom = Day, DisabledTo = Day.AddDays(9) }),
        ["2300 DTP*360"] = Dated(new() { DisabledFrom = Day }),
        ["2300 DTP*361"] = Dated(new() { DisabledTo = Day }),
        ["2300 DTP*297"] = Dated(new() { LastWorked = Day }),
        ["2300 DTP*296"] = Dated(new() { ReturnToWork = Day }),
        ["2300 DTP*435"] = Dated(new() { Admission = Day }) with { PlaceOfService = "21" },
        ["2300 DTP*096"] = Dated(new() { Admission = Day, Discharge = Day.AddDays(3) }) with { PlaceOfService = "21" },
        ["2300 DTP*090"] = Dated(new() { CareAssumed = Day }),
        ["2300 DTP*091"] = Dated(new() { CareRelinquished = Day }),
        ["2300 DTP*444"] = Dated(new() { FirstContact = Day }),
        ["2300 PWK*OZ"] = Plain with { Attachments = [new("OZ", "FX", "A7")] },
        ["2300 CN1*09"] = Plain with { Contract = new("09", 12.5m) },
        ["2300 AMT*F5"] = Plain with { PatientPaid = 20 },
        ["2300 REF*4N"] = Referred(new() { AuthorizationException = "3" }),
        ["2300 REF*EW"] = Referred(new() { Mammography = "M7" }),
        ["2300 REF*9F"] = Referred(new() { Referral = "R7" }),
        ["2300 REF*G1"] = Referred(new() { Authorization = "A7" }),
        ["2300 REF*F8"] = Referred(new() { PayerClaim = "N7" }) with { Frequency = "7" },
        ["2300 REF*X4"] = Referred(new() { Clia = "36D0000007" }),
        ["2300 REF*LX"] = Referred(new() { InvestigationalDevice = "G070007" }),
        ["2300 REF*D9"] = Referred(new() { Clearinghouse = "D7" }),
        ["2300 REF*EA"] = Referred(new() { MedicalRecord = "E7" }),
        ["2300 REF*P4"] = Referred(new() { Demonstration = "P7" }),
        ["2300 REF*1J"] = Referred(new() { CarePlanOversight = "1234567893" }),
        ["2300 K301"] = Plain with { FileInformation = ["STATE SAYS 7"] },
        ["2300 NTE*ADD"] = Plain with { Note = new("ADD", "SECOND OPINION ASKED FOR") },
        ["2300 CR208"] = Plain with { SpinalCondition = "A" },
        ["2300 CRC*E1"] = Plain with { Vision = new("E1", ["L1", "L3"]) },
        ["2300 CRC*75"] = Plain with { Homebound = true },
        ["2300 CRC*ZZ"] = Plain with { EpsdtReferrals = ["ST"] },
        ["2300 HI*BP"] = Plain with { AnesthesiaProcedures = ["44950"] },
        ["2300 HI*BG"] = Plain with { Conditions = ["AJ"] },
        ["2310A NM1*DN"] = Plain with { Referring = Other },
        ["2310A NM1*P3"] = Plain with { Referring = Other, PrimaryCare = Doctor },
        ["2310B NM1*82"] = Plain with { Rendering = Doctor },
        ["2310B PRV*PE"] = Plain with { Rendering = Doctor with { Taxonomy = "207Q00000X" } },
        ["2310C NM1*77"] = Plain with { Facility = Hospital },
        ["2310D NM1*DQ"] = Plain with { Supervising = Other },
        ["2320 SBR*P"] = Whole,
        ["2320 AMT*D"] = Whole,
        ["2320 AMT*A8"] = Whole with { OtherCoverages = [First with { Paid = null, NotCovered = 150 }] },
        ["2320 CAS*PR"] = Whole,
        ["2320 MOA03"] = Whole with { OtherCoverages = [Whole.OtherCoverages[0] with { Remarks = ["MA01"] }] },
        ["2330B DTP*573"] = Whole,
        ["2330B REF*F8"] = Whole with { OtherCoverages = [Whole.OtherCoverages[0] with { PayerClaim = "N1" }] },
        ["2400 SV101-7"] = OfLine(Line with { Procedure = "99499", Description = "PHONE CALL OF AN HOUR" }),
        ["2400 SV1*MJ"] = OfLine(Line with { Procedure = "00840", InMinutes = true, Units = 75 }),
        ["2400 SV105"] = OfLine(Line with { PlaceOfService = "12" }),
        ["2400 SV109"] = OfLine(Line with { Emergency = true }),
        ["2400 SV111"] = OfLine(Line with { Epsdt = true }),
        ["2400 SV112"] = OfLine(Line with { FamilyPlanning = true }),
        ["2400 SV115"] = OfLine(Line with { CopayExempt = true }),
        ["2400 SV501"] = OfLine(Line with { Procedure = "E0260", Equipment = Equipment }),
        ["2400 PWK*B3"] = OfLine(Line with { Attachments = [new("B3", "AA")] }),
        ["2400 PWK*CT"] = OfLine(Line with { Equipment = Equipment }),
        ["2400 CR301"] = OfLine(Line with { Equipment = Equipment }),
        ["2400 CRC*70"] = OfLine(Line with { HospiceEmployee = false }),
        ["2400 DTP*471"] = OfLine(Line with { Prescribed = Day }),
        ["2400 DTP*607"] = OfLine(Line with { Equipment = Equipment with { Certification = "R" } }),
        ["2400 DTP*463"] = OfLine(Line with { Equipment = Equipment }),
        ["2400 DTP*461"] = OfLine(Line with { Equipment = Equipment }),
        ["2400 DTP*304"] = OfLine(Line with { LastSeen = Day }),
        ["2400 DTP*738"] = OfLine(Line with { Test = new("R1", 9.8m, Day) }),
        ["2400 MEA*TR"] = OfLine(Line with { Test = new("R2", 29, Day) }),
        ["2400 DTP*011"] = OfLine(Line with { Shipped = Day }),
        ["2400 DTP*455"] = OfLine(Line with { LastXray = Day }),
        ["2400 DTP*454"] = OfLine(Line with { InitialTreatment = Day }),
        ["2400 QTY*FL"] = OfLine(Line with { ObstetricUnits = 3 }),
        ["2400 REF*G1"] = OfLine(Line with { Authorization = "A8" }),
        ["2400 REF*9F"] = OfLine(Line with { Referral = "R8" }),
        ["2400 REF*EW"] = OfLine(Line with { Mammography = "M8" }),
        ["2400 REF*X4"] = OfLine(Line with { Clia = "36D0000008" }),
        ["2400 REF*F4"] = OfLine(Line with { ReferringClia = "36D0000009" }),
        ["2400 REF*BT"] = OfLine(Line with { ImmunizationBatch = "LOT8" }),
        ["2400 AMT*T"] = OfLine(Line with { SalesTax = 3.5m }),
        ["2400 AMT*F4"] = OfLine(Line with { Postage = 2.25m }),
        ["2400 NTE*ADD"] = OfLine(Line with { Note = new("ADD", "BOTH EARS") }),
        ["2400 PS101"] = OfLine(Line with { Purchase = new(Other, 40) }),
        ["2410 LIN*N4"] = OfLine(Line with { Procedure = "J3301", Drug = new("00003-0293-05", 4, "ML") }),
        ["2410 REF*XZ"] = OfLine(Line with { Procedure = "J3301", Drug = new("00003029305", 4, "ML", "RX7") }),
        ["2420A NM1*82"] = Plain with { Rendering = Doctor, Lines = [Line with { Rendering = Other }] },
        ["2420B NM1*QB"] = OfLine(Line with { Purchase = new(Other, 40) }),
        ["2420C NM1*77"] = OfLine(Line with { Facility = Hospital }),
        ["2420D NM1*DQ"] = OfLine(Line with { Supervising = Other }),
        ["2420E NM1*DK"] = OfLine(Line with { Ordering = Other with { Address = Home, Contact = new("ORDERS", "5555550122") } }),
        ["2420F NM1*DN"] = OfLine(Line with { Referring = Other }),
        ["2430 SVD01"] = Secondary,
        ["2430 CAS*CO"] = Secondary,
        ["2430 AMT*EAF"] = Secondary with { Lines = [Line with { Adjudications = [Decided with { PatientLiability = 20 }] }] },
    };

    public static TheoryData<string> Ids => [.. ClaimElements.All.Select(element => element.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_claim_that_needs_it_carries_it_and_the_plain_one_does_not(string id)
    {
        var element = ClaimElements.All.Single(e => e.Id == id);
        var (with, without) = (Read(Needing[id]), Read(Plain));

        Assert.Empty(with.Problems);
        Assert.True(element.IsIn(with), $"The claim of {id} does not carry it.");
        Assert.False(element.IsIn(without), $"The plain claim carries {id}.");
    }

    /// <summary>What the claim says is not said again by its lines, nor what the billing provider says by the claim.</summary>
    [Fact]
    public void What_is_said_already_is_not_said_again()
    {
        var solo = Plain.Billing with { Name = new("DOCTOR", "DORA"), IsPerson = true, Npi = "1679576722" };
        var text = Text(Plain with
        {
            Billing = solo,
            Rendering = Doctor,
            Facility = Hospital with { Address = solo.Address },
            Referring = Other,
            Supervising = Other,
            References = new() { Authorization = "A7", Clia = "36D0000007" },
            Lines = [Line with { Rendering = Doctor, Referring = Other, Supervising = Other, Authorization = "A7", Clia = "36D0000007", PlaceOfService = "11" }],
        });

        Assert.DoesNotContain("NM1*82", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NM1*77", text, StringComparison.Ordinal);
        Assert.Equal([2, 2, 2, 2], new[] { "REF*G1", "REF*X4", "NM1*DN", "NM1*DQ" }.Select(s => text.Split(s).Length));
        Assert.Contains("SV1*HC:99213*150*UN*1***1~", text, StringComparison.Ordinal);
    }

    private static ClaimFacts Work(ClaimFacts claim) => claim with
    {
        Coverage = claim.Coverage with { FilingCode = "WC", PropertyClaim = "W7" },
        Accident = new(Employment: true),
    };
}
