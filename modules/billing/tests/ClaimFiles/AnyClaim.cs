using Modular.Billing.ClaimFiles;

namespace Modular.Tests.Billing.ClaimFiles;

/// <summary>A claim of any facts, most of them right, some of them nonsense.</summary>
internal sealed class AnyClaim(Random random, string?[] texts)
{
    public ClaimFacts Claim() => new()
    {
        Id = Often("C1") ?? "",
        Billing = ClaimCases.Plain.Billing with { IsPerson = Rarely, Taxonomy = Rarely ? Any : null, Npi = Often("1234567893") ?? "", PayTo = Rarely ? Address() : null, Contact = Rarely ? Contact() : null },
        Coverage = ClaimCases.Plain.Coverage with
        {
            Rank = Pick("P", "P", "S", "T"),
            Relationship = Pick("18", "18", "19", "01", "G8"),
            Subscriber = Rarely ? null : Name(),
            MemberId = Often("M1") ?? "",
            FilingCode = Pick("CI", "MB", "BL", "WC", "AM", "ZZ"),
            MspType = Rarely ? "12" : null,
            GroupNumber = Rarely ? Any : null,
            GroupName = Rarely ? Any : null,
            PropertyClaim = Rarely ? Any : null,
            Ssn = Rarely ? Any : null,
            SubscriberIsOrganization = Rarely,
        },
        Patient = new(Name(), ClaimCases.Day.AddDays(-random.Next(40_000)), Pick("F", "M", "U", "F", "X"), Address()) { Weight = Rarely ? random.Next(300) : null, Pregnant = Rarely },
        PlaceOfService = Pick("11", "11", "21", "02", "12", ""),
        Frequency = Pick("1", "1", "1", "7", "8"),
        Diagnoses = [.. Some(1, 14, () => Often("J069") ?? "")],
        Lines = [.. Some(0, 6, Line)],
        Accident = Rarely ? new(Rarely, Rarely, Rarely, Rarely ? ClaimCases.Day : null, Rarely ? Any : null, Rarely ? Any : null) : null,
        References = new() { Authorization = Rarely ? Any : null, PayerClaim = Rarely ? Any : null, Clia = Rarely ? Any : null },
        Dates = new() { Onset = Rarely ? ClaimCases.Day : null, Admission = Rarely ? ClaimCases.Day : null, Discharge = Rarely ? ClaimCases.Day : null, DisabledTo = Rarely ? ClaimCases.Day : null },
        Note = Rarely ? new(Pick("ADD", "XXX"), Any ?? "") : null,
        Referring = Rarely ? Provider() : null,
        Rendering = Rarely ? null : Provider(),
        Facility = Rarely ? Provider() with { IsPerson = Rarely, Address = Address() } : null,
        PatientPaid = Rarely ? random.Next(-5, 100) : null,
        OtherCoverages = [.. Some(0, 2, Other)],
    };

    private bool Rarely => random.Next(5) == 0;

    private string? Any => texts[random.Next(texts.Length)];

    private string? Often(string right) => random.Next(12) == 0 ? Any : right;

    private string Pick(params string[] of) => of[random.Next(of.Length)];

    private IEnumerable<T> Some<T>(int least, int most, Func<T> make) => Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make());

    private ClaimName Name() => new(Often("TEST") ?? "", Often("PAT"), Rarely ? Any : null, Rarely ? Any : null);

    private ClaimAddress Address() => new(Often("1 TEST STREET") ?? "", Often("TESTVILLE") ?? "", Often("OH"), Often("432150001"), Rarely ? Any : null, Rarely ? Any : null);

    private ClaimContact Contact() => new(Any, Any, Any, Any, Any);

    private ClaimProvider Provider() => new(Name(), Often("1679576722")) { Taxonomy = Rarely ? Any : null, Ids = Rarely ? [new("G2", Any ?? "")] : [] };

    private ClaimLine Line() => new()
    {
        ControlNumber = Often("L1") ?? "",
        Procedure = Often("99213") ?? "",
        Modifiers = [.. Some(0, Rarely ? 5 : 2, () => Often("25") ?? "")],
        Charge = random.Next(-1, 40_000) / 100m,
        Units = random.Next(20) == 0 ? 0 : random.Next(1, 9) / 2m,
        InMinutes = Rarely,
        Pointers = [.. Some(1, 4, () => random.Next(20) == 0 ? 9 : 1)],
        From = ClaimCases.Day,
        To = Rarely ? ClaimCases.Day.AddDays(random.Next(-1, 5)) : null,
        Drug = Rarely ? new(Often("00003029305") ?? "", random.Next(0, 9), Pick("ML", "UN", "XX")) : null,
        Note = Rarely ? new("ADD", Any ?? "") : null,
        Ordering = Rarely ? Provider() with { Address = Rarely ? Address() : null, Contact = Rarely ? Contact() : null } : null,
        Adjudications = Rarely ? [new(Pick("P1", "P9"), random.Next(0, 100), ClaimCases.Day) { Adjustments = [.. Some(0, 8, () => new ClaimAdjustment(Pick("CO", "PR", "XX"), Any ?? "", random.Next(100)))] }] : [],
    };

    private OtherCoverage Other() => ClaimCases.First with
    {
        Rank = Pick("P", "S", "T"),
        Paid = Rarely ? null : random.Next(-1, 200),
        Subscriber = Name(),
        SubscriberAddress = Rarely ? Address() : null,
        Remarks = Rarely ? [Any ?? ""] : [],
    };
}
