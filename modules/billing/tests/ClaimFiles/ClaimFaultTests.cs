using FsCheck;
using FsCheck.Fluent;
using Modular.Billing.ClaimFiles;
using Modular.Billing.X12;
using static Modular.Tests.Billing.ClaimFiles.ClaimCases;

namespace Modular.Tests.Billing.ClaimFiles;

/// <summary>What may not be written is refused in sentences; what is written is right, whatever the facts are.</summary>
public sealed class ClaimFaultTests
{
    private static readonly string?[] Texts =
    [
        null, "", " ", "TEST", "O'Neil", "Núñez", "Nguyễn", "Smith*Jones", "A~B", "x:y", "^", "李", "\ud800", "\u0301 A", "A\nB", new string('N', 61), new string('L', 81), "1234567893", "1234567890",
        "43215", "432150001", "43215-0001", "OH", "99", "PO BOX 7", "11", "25", "99213", "J069", "J06.9", "Y",
    ];

    public static TheoryData<string, string> Refused => new()
    {
        { "no lines", "has no service line" },
        { "51 lines", "has 51 service lines; at most 50 fit" },
        { "13 diagnoses", "has 13 diagnoses; at most 12 fit" },
        { "pointer", "points to diagnosis 2; the claim has 1" },
        { "five pointers", "diagnosis pointers are not one to four" },
        { "replacement", "needs the payer's number of that claim" },
        { "original", "has no payer's number of an earlier one" },
        { "medicare", "takes neither replacements nor voids" },
        { "accident", "needs its date" },
        { "state", "needs the state where it was" },
        { "no accident", "has the date of an accident, but no accident" },
        { "msp", "Medicare is not primary: SBR05 says why" },
        { "msp first", "that goes to Medicare as second or later payer alone" },
        { "stay", "needs the day of admission" },
        { "zip", "must have nine digits" },
        { "box", "a post office box is a pay-to address" },
        { "npi", "its check digit is wrong" },
        { "delimiter", "is a delimiter of the file" },
        { "letter", "is not in the character set of X12" },
        { "balance", "the claim charges 150.00" },
        { "line balance", "the line charges 150.00" },
        { "rank", "Two payers of the claim have the rank P" },
        { "payer", "is none of the claim's other payers" },
        { "undecided", "decided lines, but not what it paid for the claim" },
        { "ndc", "NDC does not have eleven digits" },
        { "long id", "a claim number has at most 20" },
        { "attachment", "needs its control number" },
        { "work", "needs the insurer's claim number" },
        { "span", "last day is before its first" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_claim_that_cannot_go_is_refused_in_a_sentence(string what, string sentence)
    {
        var claim = Wrong(what);
        Assert.Contains(ClaimFaults.Of(claim), fault => fault.Contains(sentence, StringComparison.Ordinal));
        using var stream = new MemoryStream();
        var refused = Assert.Throws<ClaimRefusedException>(() => ClaimFile.Write(stream, Batch(Plain, claim)));
        Assert.Equal((claim.Id, 0), (refused.Claim, stream.Length));
    }

    [Fact]
    public void Fifty_lines_are_written() =>
        Assert.Equal(50, Assert.Single(Read(Plain with { Lines = [.. Enumerable.Range(1, 50).Select(i => Line with { ControlNumber = $"L{i}" })] }).Sets.Single().Root!.Below("2300")).Children("2400").Count());

    /// <summary>Whatever the facts are, they are a file without a problem, or sentences.</summary>
    [Fact]
    public void Any_facts_are_a_right_file_or_sentences() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var claim = new AnyClaim(new(seed), Texts).Claim();
        var faults = ClaimFaults.Of(claim);
        return faults.Count > 0 ? faults.All(f => f.Length > 10 && f.EndsWith('.')) : Read(claim).Problems.Count == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    /// <summary>A payer balances exactly when what it paid and adjusted is what was charged, to the cent (section 1.4.4.2).</summary>
    [Fact]
    public void A_payer_before_balances_to_the_cent() => Prop.ForAll(
        Gen.Choose(0, 15_000).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), Gen.Choose(-1, 1).ToArbitrary(), (paid, reasons, off) =>
    {
        var left = 150m - (paid / 100m) + (off / 100m);
        var parts = Enumerable.Range(0, reasons).Select(i => new ClaimAdjustment(i % 2 == 0 ? "CO" : "PR", (i + 1).ToString(), i + 0.01m)).ToList();
        var claim = Secondary with
        {
            OtherCoverages = [First with { Paid = paid / 100m }],
            Lines = [Line with { Adjudications = [new("P1", paid / 100m, Day) { Adjustments = [.. parts, new("CO", "45", left - parts.Sum(p => p.Amount))] }] }],
        };
        return ClaimFaults.Of(claim).Count == 0 == (off == 0);
    }).QuickCheckThrowOnFailure();

    /// <summary>A batch of any size: each claim once, its charge the sum of its lines, levels and counts right.</summary>
    [Fact]
    public void A_batch_has_each_claim_once() => Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (count, providers) =>
    {
        var claims = Enumerable.Range(0, count).Select(i => (i % 3 == 0 ? Child : Plain) with
        {
            Id = $"C{i}",
            Billing = Plain.Billing with { TaxId = $"12345678{i % providers}" },
            Lines = [.. Enumerable.Range(1, 1 + (i % 5)).Select(n => Line with { ControlNumber = $"L{n}", Charge = 10 + (i / 100m) })],
        }).ToList();
        var file = Read(claims);
        var read = file.Sets.SelectMany(set => set.Root!.Below("2300")).ToDictionary(c => c.Segments[0][1], c => c.Segments[0].Amount(2));
        return file.Problems.Count == 0 && read.Count == count && claims.All(c => read[c.Id] == c.Charge)
            && file.Sets.Single().Root!.Below("2000A").Count() == Math.Min(count, providers);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_than_five_thousand_claims_are_several_sets_with_numbers_of_their_own()
    {
        var file = Read([.. Enumerable.Range(0, ClaimFile.MostClaims + 1).Select(i => Plain with { Id = $"C{i}" })]);

        Assert.Equal([("0001", "B42"), ("0002", "B42-2")], file.Sets.Select(set => (set.ControlNumber, set.Root!.Find("BHT")![3])));
        Assert.Equal([ClaimFile.MostClaims, 1], file.Sets.Select(set => set.Root!.Below("2300").Count()));
        Assert.Empty(file.Problems);
    }

    private static ClaimFacts Wrong(string what) => Of(what) with { Id = what == "long id" ? new('C', 21) : "WRONG" };

    private static ClaimFacts Of(string what) => what switch
    {
        "no lines" => Plain with { Lines = [] },
        "51 lines" => Plain with { Lines = [.. Enumerable.Repeat(Line, 51)] },
        "13 diagnoses" => Plain with { Diagnoses = [.. Enumerable.Repeat("J069", 13)] },
        "pointer" => OfLine(Line with { Pointers = [2] }),
        "five pointers" => OfLine(Line with { Pointers = [1, 1, 1, 1, 1] }),
        "replacement" => Plain with { Frequency = "7" },
        "original" => Referred(new() { PayerClaim = "N7" }),
        "medicare" => Referred(new() { PayerClaim = "N7" }) with { Frequency = "7", Coverage = Plain.Coverage with { FilingCode = "MB" } },
        "accident" => Plain with { Accident = new(Other: true) },
        "state" => Plain with { Accident = new(Car: true, Date: Day) },
        "no accident" => Plain with { Accident = new(Date: Day) },
        "msp" => Secondary with { Coverage = Secondary.Coverage with { FilingCode = "MB" } },
        "msp first" => Plain with { Coverage = Plain.Coverage with { FilingCode = "MB", MspType = "12" } },
        "stay" => Plain with { PlaceOfService = "21" },
        "zip" => Plain with { Billing = Plain.Billing with { Address = Home } },
        "box" => Plain with { Billing = Plain.Billing with { Address = Plain.Billing.Address with { Street = "P.O. Box 7" } } },
        "npi" => Plain with { Rendering = Doctor with { Npi = "1679576723" } },
        "delimiter" => Plain with { Note = new("ADD", "A:B") },
        "letter" => Plain with { Patient = Plain.Patient with { Name = new("李", "Na") } },
        "balance" => Whole with { OtherCoverages = [Whole.OtherCoverages[0] with { Paid = 89.99m }] },
        "line balance" => Secondary with { Lines = [Line with { Adjudications = [Decided with { Paid = 89.99m }] }] },
        "rank" => Whole with { Coverage = Plain.Coverage },
        "payer" => Secondary with { Lines = [Line with { Adjudications = [Decided, Decided with { PayerId = "P9" }] }] },
        "undecided" => Secondary with { OtherCoverages = [First with { Paid = null }] },
        "ndc" => OfLine(Line with { Drug = new("12345", 1, "ML") }),
        "long id" => Plain,
        "attachment" => Plain with { Attachments = [new("OZ", "FX")] },
        "work" => Plain with { Coverage = Plain.Coverage with { FilingCode = "WC" }, Accident = new(Employment: true) },
        "span" => OfLine(Line with { To = Day.AddDays(-1) }),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
