using Modular.Billing.X12;

namespace Modular.Tests.Billing.X12;

/// <summary>Files by others and what their manifest says is in them.</summary>
public sealed class X12SampleTests
{
    [Theory]
    [InlineData("270-01-subscriber.edi", "270")]
    [InlineData("271-01-active-copays.edi", "271")]
    [InlineData("271-02-reject-aaa.edi", "271")]
    [InlineData("276-01-claim.edi", "276")]
    [InlineData("277-01-claim.edi", "277")]
    [InlineData("277ca-01-accepted.edi", "277ca")]
    [InlineData("277ca-02-rejected.edi", "277ca")]
    [InlineData("835-01-ach-claim-and-line-cas.edi", "835")]
    [InlineData("835-02-plb-capital-no-lines.edi", "835")]
    [InlineData("835-03-secondary-oa23.edi", "835")]
    [InlineData("835-04-medicaid-denied-lines.edi", "835")]
    [InlineData("835-05-commercial-two-claims.edi", "835")]
    [InlineData("837p-01-dependent-patient.edi", "837p")]
    [InlineData("837p-02-cob-secondary-claim.edi", "837p")]
    [InlineData("837p-03-medicare-secondary.edi", "837p")]
    [InlineData("837p-04-auto-accident.edi", "837p")]
    [InlineData("999-01-accepted.edi", "999", "IEA02-ISA13", "time")]
    [InlineData("999-02-rejected.edi", "999")]
    public void A_file_by_others_is_of_its_type_and_has_no_errors_but_its_own(string name, string guide, params string[] errors)
    {
        var document = X12Samples.Other(name);

        Assert.Equal([guide], document.Sets.Select(set => set.Guide?.Key));
        Assert.Equal(errors.Order(), document.Codes().Order());
    }

    [Theory]
    [InlineData("835-01-ach-claim-and-line-cas.edi", "71700666555 I 945 ACH 20020316",
        "5554555444 1 800 450 300 [CO-A2 50] HC:99211 800->500 [PR-1 300]",
        "8765432112 1 1200 495 600 [CO-A2 55] HC:93555 1200->550 [PR-1 600, CO-45 50]")]
    [InlineData("835-02-plb-capital-no-lines.edi", "12345 C 150000 ACH 20020913 CV:CP -1.27",
        "666123 1 211366.97 138018.4  [CO-45 73348.57]", "777777 1 15000 11980.33  [CO-45 3019.67]")]
    [InlineData("835-03-secondary-oa23.edi", "0012524965 I 1222 CHK 20050412", "L0004828311 2 10323.64 912  [OA-23 9411.64]",
        "0001000053 2 751.50 310 220 [] HC:12345:26 166.5->30 [OA-23 136.50]; HC:66543:26 585->280 [PR-1 150, PR-2 70, CO-42 85]")]
    [InlineData("835-04-medicaid-denied-lines.edi", "10100000000 I 45.75 ACH 20100101",
        "PATIENT ACCOUNT NUMBER 1 34.25 34.25  [] HC:V2020:RB 6->6 []; HC:V2700:RB 2.75->2.75 []; HC:V2103:RB 5.5->5.5 []; HC:S0580 20->20 []",
        "PATIENT ACCOUNT NUMBER 2 34 0  [] HC:V2020 12->0 [CO-29 12]; HC:V2103 22->0 [CO-29 22]",
        "PATIENT ACCOUNT NUMBER 2 34.25 11.5  [] HC:V2020:RB 6->6 []; HC:V2103:RB 5.5->5.5 []; HC:V2700:RB 2.75->0 [CO-251 2.75] N206; HC:S0580 20->0 [CO-251 20] N206")]
    [InlineData("835-05-commercial-two-claims.edi", "1234567890 I 349.99 ACH 20210204",
        "001-18573-358 1 341.28 88.92 105.26 [] HC>B4152 156.42->88.92 [CO-45 67.5]; HC>B4152 184.86->0 [PR-1 105.26, CO-45 79.6]",
        "001-18604-358 1 816.24 261.07 115.13 [] HC>B4154 459.9->204.18 [CO-45 255.72]; HC>B4034 27.84->27.84 []; HC>B4154 328.5->29.05 [PR-2 5.13, PR-1 110, CO-45 184.32]")]
    public void A_remittance_says_what_its_manifest_says(string name, string check, params string[] claims)
    {
        var root = Assert.Single(X12Samples.Other(name).Sets).Root!;
        var bpr = root.Find("BPR")!;
        var plb = string.Concat(root.All("PLB").Select(p => $" {p[3]} {p[4]}"));

        Assert.Equal(check, $"{root.Find("TRN")![2]} {bpr[1]} {bpr[2]} {bpr[4]} {bpr[16]}{plb}");
        Assert.Equal(claims, root.Below("2100").Select(Claim));
    }

    [Theory]
    [InlineData("837p-01-dependent-patient.edi", "26463774 100 11 1 9876543210 999996666 P JS00111223333 SMITH,TED BK:0340 BF:V7389",
        "1 HC:99213 40 1 1 20061003", "2 HC:87070 15 1 1 20061003", "3 HC:99214 35 1 2 20061010", "4 HC:86663 10 1 2 20061010")]
    [InlineData("837p-02-cob-secondary-claim.edi", "26407789 79.04 11 1 1999996666 567890 S 222334444 SMITH,TED BK:4779 BF:2724 BF:2780 BF:53081",
        "1 HC:99213 43 1 1:2:3:4 20051003 999996666 40 [CO-42 3]", "2 HC:90782 15 1 1:2 20051003 999996666 15 []",
        "3 HC:J3301 21.04 1 1:2 20051003 999996666 21.04 []")]
    [InlineData("837p-03-medicare-secondary.edi", "101KEN6055 120 11 1 0100000009 10234 S 102200221B1 MEDYUM,WAYNE BK:71516 BF:71906",
        "1 HC:99203:25 120 1 1:2 20050119 59999 80 [CO-42 25, PR-2 15]")]
    [InlineData("837p-04-auto-accident.edi", "900000032 185.00 11 1 1253695747 999888777 P B99977791G DIMPSON,DJ BK:8540",
        "1 HC:99201 150.00 1.00 1 20051031", "2 HC:26010 35.00 1.00 1 20051031")]
    public void A_claim_says_what_its_manifest_says(string name, string claim, params string[] lines)
    {
        var loop = Assert.Single(Assert.Single(X12Samples.Other(name).Sets).Root!.Below("2300"));
        var (clm, subscriber) = (loop.Segments[0], loop.Around("2000B")!);
        var patient = (loop.Parent!.Child("2010CA") ?? subscriber.Child("2010BA"))!.Segments[0];
        var hi = loop.Find("HI")!;

        Assert.Equal(claim, $"{clm[1]} {clm[2]} {clm[5, 1]} {clm[5, 3]} {loop.Around("2000A")!.Child("2010AA")!.Segments[0][9]} {subscriber.Child("2010BB")!.Segments[0][9]} " +
            $"{subscriber.Find("SBR")![1]} {subscriber.Child("2010BA")!.Segments[0][9]} {patient[3]},{patient[4]} {string.Join(' ', Enumerable.Range(1, hi.Count).Select(i => hi[i]))}");
        Assert.Equal(lines, loop.Children("2400").Select(ServiceLine));
    }

    [Fact]
    public void The_benefits_of_an_answer_are_read_with_their_repeats()
    {
        var benefits = X12Samples.Other("271-01-active-copays.edi").Sets.Single().Root!.Below("2110C").Select(b => b.Segments[0]).ToList();

        Assert.Equal(["1", "L", "1", "B", "B"], benefits.Select(eb => eb[1]));
        Assert.Equal(["1", "33", "35", "47", "86", "88", "98", "AL", "MH", "UC"], benefits[3].Repeats(3));
        Assert.Equal([(27m, 10m, "Y"), (27m, 30m, "N")], benefits.Skip(3).Select(eb => (eb.Amount(6), eb.Amount(7), eb[12])));
        Assert.Equal("0202034", X12Samples.Other("271-01-active-copays.edi").Sets.Single().Root!.Below("2120C").Single().Segments[0][9]);
    }

    [Fact]
    public void A_rejected_question_has_its_reason_and_no_benefit()
    {
        var root = X12Samples.Other("271-02-reject-aaa.edi").Sets.Single().Root!;

        Assert.Equal("50", root.Below("2100B").Single().Find("AAA")![3]);
        Assert.Empty(root.Below("2110C"));
    }

    [Theory]
    [InlineData("277-01-claim.edi", "ABCXYZ1 P3:317 05347006051", "ABCXYZ2 F0:3 0529675341", "ABCXYC3 F2:88:QC 051681010827")]
    [InlineData("277ca-01-accepted.edi", "5781 A2:20 1107000000014420")]
    [InlineData("277ca-02-rejected.edi", "3920394930203 A7|562|85 1107000000001120")]
    public void States_of_claims_are_read_with_the_payers_number(string name, params string[] states) =>
        Assert.Equal(states, X12Samples.Other(name).Sets.SelectMany(set => set.Root!.Below("2200D").Concat(set.Root!.Below("2200E")))
            .Select(claim => $"{claim.Find("TRN")![2]} {claim.Find("STC")![1]} {claim.Find("REF", 1, "1K")![2]}"));

    [Theory]
    [InlineData("276-01-claim.edi", "ABCXYZ1 SMITH", "ABCXYZ2 JONES", "ABCXYZ3 MANN")]
    public void Questions_for_claims_are_read_with_their_patient(string name, params string[] asked)
    {
        var root = X12Samples.Other(name).Sets.Single().Root!;
        Assert.Equal(asked, root.Below("2200D").Concat(root.Below("2200E")).Select(claim => $"{claim.Find("TRN")![2]} {(claim.Parent!.Child("2100E") ?? claim.Parent.Child("2100D"))!.Segments[0][3]}"));
    }

    [Theory]
    [InlineData("999-01-accepted.edi", "17456 0001 A ", "A 1 1 1")]
    [InlineData("999-02-rejected.edi", "28 0028 R NM 17 1", "R 1 1 0")]
    public void An_acknowledgment_says_which_set_and_why(string name, string set, string group)
    {
        var root = X12Samples.Other(name).Sets.Single().Root!;
        var answered = root.Child("2000")!;
        var error = answered.Child("2100")?.Segments[0];

        Assert.Equal(set, $"{root.Find("AK1")![2]} {answered.Segments[0][2]} {answered.Find("IK5")![1]} {(error is null ? "" : $"{error[1]} {error[2]} {error[4]}")}");
        Assert.Equal(group, $"{root.Find("AK9")![1]} {root.Find("AK9")![2]} {root.Find("AK9")![3]} {root.Find("AK9")![4]}");
    }

    private static string Claim(Loop claim)
    {
        var clp = claim.Segments[0];
        var lines = string.Join("; ", claim.Children("2110").Select(line =>
            $"{line.Segments[0][1]} {line.Segments[0][2]}->{line.Segments[0][3]} {Reasons(line)}{string.Concat(line.All("LQ").Select(lq => $" {lq[2]}"))}"));
        return $"{clp[1]} {clp[2]} {clp[3]} {clp[4]} {clp[5]} {Reasons(claim)} {lines}".TrimEnd();
    }

    private static string ServiceLine(Loop line)
    {
        var (sv1, paid) = (line.Find("SV1")!, line.Child("2430"));
        return $"{line.Segments[0][1]} {sv1[1]} {sv1[2]} {sv1[4]} {sv1[7]} {line.Find("DTP", 1, "472")![3]}" +
            (paid is null ? "" : $" {paid.Segments[0][1]} {paid.Segments[0][2]} {Reasons(paid)}");
    }

    /// <summary>The amounts as they are written.</summary>
    private static string Reasons(Loop loop) => $"[{string.Join(", ", loop.All("CAS").SelectMany(cas => Enumerable.Range(0, 6)
        .Where(i => cas[2 + (3 * i)].Length > 0).Select(i => $"{cas[1]}-{cas[2 + (3 * i)]} {cas[3 + (3 * i)]}")))}]";
}
