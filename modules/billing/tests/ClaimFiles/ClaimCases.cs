using System.Text;
using Modular.Billing.ClaimFiles;
using Modular.Billing.X12;

namespace Modular.Tests.Billing.ClaimFiles;

/// <summary>A plain claim of nobody, and what it takes to need each element.</summary>
internal static class ClaimCases
{
    public static readonly DateOnly Day = new(2026, 3, 2);

    private static readonly ClaimAddress Street = new("1 TEST STREET", "TESTVILLE", "OH", "432150001");

    public static readonly ClaimAddress Home = new("2 TEST STREET", "TESTVILLE", "OH", "43215");

    public static readonly ClaimProvider Doctor = new(new("DOCTOR", "DORA"), "1679576722");

    public static readonly ClaimProvider Other = new(new("OTHER", "OLIVER"), "1234567893");

    public static readonly ClaimProvider Hospital = new(new("TEST HOSPITAL"), "1234567893")
    {
        IsPerson = false,
        Address = new("3 TEST STREET", "TESTVILLE", "OH", "432150003"),
    };

    public static ClaimLine Line { get; } = new() { ControlNumber = "L1", Procedure = "99213", Charge = 150, Pointers = [1], From = Day };

    public static ClaimFacts Plain { get; } = new()
    {
        Id = "C1",
        Billing = new() { Name = new("TEST GROUP"), Npi = "1234567893", TaxId = "123456789", Address = Street },
        Coverage = new() { Rank = "P", Relationship = "18", MemberId = "M1", FilingCode = "CI", Payer = new("TEST PAYER", "P2") },
        Patient = new(new("PATIENT", "TEST"), new(1980, 2, 29), "F", Home),
        PlaceOfService = "11",
        Diagnoses = ["J069"],
        Lines = [Line],
    };

    /// <summary>The same of a child of the subscriber.</summary>
    public static ClaimFacts Child { get; } = Plain with
    {
        Coverage = Plain.Coverage with { Relationship = "19", Subscriber = new("PARENT", "PAULA") },
    };

    /// <summary>A payer before this one: 90 paid, 40 written off, 20 left to the patient.</summary>
    public static OtherCoverage First { get; } = new()
    {
        Rank = "P",
        Relationship = "18",
        FilingCode = "CI",
        MemberId = "M0",
        Payer = new("FIRST PAYER", "P1"),
        Subscriber = new("PATIENT", "TEST"),
        Paid = 90,
    };

    public static LineAdjudication Decided { get; } = new("P1", 90, Day.AddDays(20))
    {
        Adjustments = [new("CO", "45", 40), new("PR", "2", 20)],
    };

    /// <summary>Secondary after <see cref="First"/>, decided by line.</summary>
    public static ClaimFacts Secondary { get; } = Plain with
    {
        Coverage = Plain.Coverage with { Rank = "S" },
        OtherCoverages = [First],
        Lines = [Line with { Adjudications = [Decided] }],
    };

    /// <summary>The same, decided as a whole.</summary>
    public static ClaimFacts Whole { get; } = Secondary with
    {
        OtherCoverages = [First with { Adjustments = [new("CO", "45", 40), new("PR", "2", 20)], PaidOn = Day.AddDays(20) }],
        Lines = [Line],
    };

    public static ClaimFacts Dated(ClaimDates dates) => Plain with { Dates = dates };

    public static ClaimFacts Referred(ClaimReferences references) => Plain with { References = references };

    public static ClaimFacts OfLine(ClaimLine line) => Plain with { Lines = [line] };

    public static ClaimBatch Batch(params IReadOnlyList<ClaimFacts> claims) => new()
    {
        Header = new("ZZ", "SENDER", "ZZ", "RECEIVER", 42, new(2026, 3, 4, 5, 6, 0), IsTest: true),
        ApplicationSender = "SENDER",
        ApplicationReceiver = "RECEIVER",
        GroupNumber = 43,
        Reference = "B42",
        Submitter = new("TEST GROUP"),
        SubmitterId = "SENDER",
        Contact = new("TEST DESK", "5555550100"),
        Receiver = "TEST PAYER",
        ReceiverId = "RECEIVER",
        Claims = claims,
    };

    public static X12Document Read(params IReadOnlyList<ClaimFacts> claims) => X12Document.Read(Bytes(claims));

    public static byte[] Bytes(params IReadOnlyList<ClaimFacts> claims)
    {
        using var stream = new MemoryStream();
        ClaimFile.Write(stream, Batch(claims));
        return stream.ToArray();
    }

    /// <summary>From the billing provider's level to the end of the set, which is all that differs.</summary>
    public static string Text(params IReadOnlyList<ClaimFacts> claims)
    {
        var text = Encoding.ASCII.GetString(Bytes(claims));
        return text[text.IndexOf("HL*1*", StringComparison.Ordinal)..(text.IndexOf("~SE*", StringComparison.Ordinal) + 1)];
    }
}
