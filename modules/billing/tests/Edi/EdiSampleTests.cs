using System.Text.Json;

namespace Modular.Tests.Billing.Edi;

/// <summary>What the manifest says of each file by others is what <c>edi inspect</c> says of it.</summary>
public sealed class EdiSampleTests
{
    [Theory]
    [InlineData("270-01-subscriber.edi", 0)]
    [InlineData("271-01-active-copays.edi", 0)]
    [InlineData("271-02-reject-aaa.edi", 0)]
    [InlineData("276-01-claim.edi", 0)]
    [InlineData("277-01-claim.edi", 0)]
    [InlineData("277ca-01-accepted.edi", 0)]
    [InlineData("277ca-02-rejected.edi", 0)]
    [InlineData("835-01-ach-claim-and-line-cas.edi", 0)]
    [InlineData("835-02-plb-capital-no-lines.edi", 0)]
    [InlineData("835-03-secondary-oa23.edi", 0)]
    [InlineData("835-04-medicaid-denied-lines.edi", 0)]
    [InlineData("835-05-commercial-two-claims.edi", 0)]
    [InlineData("837p-01-dependent-patient.edi", 0)]
    [InlineData("837p-02-cob-secondary-claim.edi", 0)]
    [InlineData("837p-03-medicare-secondary.edi", 0)]
    [InlineData("837p-04-auto-accident.edi", 0)]
    [InlineData("999-01-accepted.edi", 1)]
    [InlineData("999-02-rejected.edi", 0)]
    public async Task A_file_by_others_has_no_errors_but_its_own(string name, int code)
    {
        var (validated, inspected) = (await EdiRun.ValidateAsync(EdiRun.Sample(name)), await EdiRun.InspectAsync(EdiRun.Sample(name)));

        Assert.Equal(code, validated.Code);
        Assert.Contains(code == 0 ? "; 0 errors, " : "; 2 errors, ", validated.Output, StringComparison.Ordinal);
        Assert.Equal((0, code == 0), (inspected.Code, inspected.Json.GetProperty("valid").GetBoolean()));
        Assert.Equal(name, inspected.Json.GetProperty("file").GetString());
    }

    [Theory]
    [InlineData("835-01-ach-claim-and-line-cas.edi", "71700666555 I 945 ACH 2002-03-16 true RUSHMORE LIFE",
        "5554555444 1 800 450 300 94060555410000 BUDD,WILLIAM [CO-A2 50] HC:99211 800->500 [PR-1 300]",
        "8765432112 1 1200 495 600 9407779923000 SETTLE,SUSAN [CO-A2 55] HC:93555 1200->550 [PR-1 600, CO-45 50]")]
    [InlineData("835-02-plb-capital-no-lines.edi", "12345 C 150000 ACH 2002-09-13 true INSURANCE COMPANY OF TIMBUCKTU CV -1.27",
        "666123 1 211366.97 138018.4 null 1999999444444 JONES,SAM [CO-45 73348.57]",
        "777777 1 15000 11980.33 null 1999999444445 BORDER,LIZ [CO-45 3019.67]")]
    [InlineData("835-03-secondary-oa23.edi", "0012524965 I 1222 CHK 2005-04-12 true YOUR TAX DOLLARS AT WORK",
        "L0004828311 2 10323.64 912 null 05090256390 TOWNSEND,WILLIAM [OA-23 9411.64]",
        "0001000053 2 751.50 310 220 50630626430 BAKI,ANGI [] HC:12345:26 166.5->30 [OA-23 136.50]; HC:66543:26 585->280 [PR-1 150, PR-2 70, CO-42 85]")]
    [InlineData("835-04-medicaid-denied-lines.edi", "10100000000 I 45.75 ACH 2010-01-01 true NYSDOH",
        "PATIENT ACCOUNT NUMBER 1 34.25 34.25 null 1000210000000030 SUBMITTED LAST,SUBMITTED FIRST [] HC:V2020:RB 6->6 []; HC:V2700:RB 2.75->2.75 []; HC:V2103:RB 5.5->5.5 []; HC:S0580 20->20 []",
        "PATIENT ACCOUNT NUMBER 2 34 0 null 1000220000000020 SUBMITTED LAST,SUBMITTED FIRST [] HC:V2020 12->0 [CO-29 12]; HC:V2103 22->0 [CO-29 22]",
        "PATIENT ACCOUNT NUMBER 2 34.25 11.5 null 1000230000000020 SUBMITTED LAST,SUBMITTED FIRST [] HC:V2020:RB 6->6 []; HC:V2103:RB 5.5->5.5 []; HC:V2700:RB 2.75->0 [CO-251 2.75] N206; HC:S0580 20->0 [CO-251 20] N206")]
    [InlineData("835-05-commercial-two-claims.edi", "1234567890 I 349.99 ACH 2021-02-04 true UNITED HEALTHCARE INSURANCE COMPANY",
        "001-18573-358 1 341.28 88.92 105.26 ATL2819897200 MR,COOL [] HC:B4152 156.42->88.92 [CO-45 67.5]; HC:B4152 184.86->0 [PR-1 105.26, CO-45 79.6]",
        "001-18604-358 1 816.24 261.07 115.13 ATL2819897800 MR,COOL [] HC:B4154 459.9->204.18 [CO-45 255.72]; HC:B4034 27.84->27.84 []; HC:B4154 328.5->29.05 [PR-2 5.13, PR-1 110, CO-45 184.32]")]
    public async Task A_remittance(string name, string payment, params string[] claims)
    {
        var set = (await EdiRun.InspectAsync(EdiRun.Sample(name))).Transaction;
        var paid = set.GetProperty("payment");

        Assert.Equal(payment, string.Join(' ', new[] { "trace", "handling", "amount", "method", "date", "balanced" }.Select(f => Say(paid, f))
            .Append(Say(paid.GetProperty("payer"), "name")).Concat(set.GetProperty("providerAdjustments").EnumerateArray().Select(p => $"{Say(p, "reason")} {Say(p, "amount")}"))));
        Assert.Equal(0, paid.GetProperty("difference").GetDecimal());
        Assert.Equal(claims, set.GetProperty("claims").EnumerateArray().Select(claim =>
            (string.Join(' ', new[] { "id", "status", "charge", "paid", "patientAmount", "payerNumber" }.Select(f => Say(claim, f)))
            + $" {Name(claim.GetProperty("patient"))} {Reasons(claim)} "
            + string.Join("; ", claim.GetProperty("lines").EnumerateArray().Select(line =>
                $"{Procedure(line)} {Say(line, "charge")}->{Say(line, "paid")} {Reasons(line)}"
                + string.Concat(line.GetProperty("remarks").EnumerateArray().Select(r => $" {r.GetString()}"))))).TrimEnd()));
        Assert.All(set.GetProperty("claims").EnumerateArray(), claim => Assert.True(claim.GetProperty("balanced").GetBoolean()));
    }

    [Theory]
    [InlineData("837p-01-dependent-patient.edi", "26463774 100 11 1 P SMITH,JANE SMITH,TED KEY INSURANCE COMPANY 9876543210 0340 V7389", "HC:99213 40 1 1 2006-10-03",
        "HC:87070 15 1 1 2006-10-03", "HC:99214 35 1 2 2006-10-10", "HC:86663 10 1 2 2006-10-10")]
    [InlineData("837p-02-cob-secondary-claim.edi", "26407789 79.04 11 1 S SMITH,JACK SMITH,TED GREAT PRAIRIES HEALTH 1999996666 4779 2724 2780 53081 | P 999996666 39.15 [PR-1 21.89, PR-2 15]",
        "HC:99213 43 1 1,2,3,4 2005-10-03 999996666 40 [CO-42 3]", "HC:90782 15 1 1,2 2005-10-03 999996666 15 []", "HC:J3301 21.04 1 1,2 2005-10-03 999996666 21.04 []")]
    [InlineData("837p-03-medicare-secondary.edi", "101KEN6055 120 11 1 S MEDYUM,WAYNE MEDYUM,WAYNE MEDICARE 0100000009 71516 71906 | P 59999 80 []",
        "HC:99203:25 120 1 1,2 2005-01-19 59999 80 [CO-42 25, PR-2 15]")]
    [InlineData("837p-04-auto-accident.edi", "900000032 185.00 11 1 P HOWLING,HAL DIMPSON,DJ HEISMAN INSURANCE COMPANY 1253695747 8540", "HC:99201 150.00 1.00 1 2005-10-31",
        "HC:26010 35.00 1.00 1 2005-10-31")]
    public async Task A_claim(string name, string said, params string[] lines)
    {
        var claim = Assert.Single((await EdiRun.InspectAsync(EdiRun.Sample(name))).Transaction.GetProperty("claims").EnumerateArray());

        Assert.Equal(said, string.Join(' ', new[] { "id", "charge", "placeOfService", "frequency", "rank" }.Select(f => Say(claim, f)))
            + $" {Name(claim.GetProperty("subscriber"))} {Name(claim.GetProperty("patient"))} {Say(claim.GetProperty("payer"), "name")} {Say(claim.GetProperty("billingProvider"), "id")}"
            + string.Concat(claim.GetProperty("diagnoses").EnumerateArray().Select(d => " " + Say(d, "code")))
            + string.Concat(claim.GetProperty("otherPayers").EnumerateArray().Select(o => $" | {Say(o, "rank")} {Say(o.GetProperty("payer"), "id")} {Say(o, "paid")} {Reasons(o)}")));
        Assert.Equal(lines, claim.GetProperty("lines").EnumerateArray().Select(line =>
            $"{Procedure(line)} {Say(line, "charge")} {Say(line, "units")} {string.Join(',', line.GetProperty("pointers").EnumerateArray().Select(p => p.GetString()))} "
            + Say(line.GetProperty("dates")[0], "from")
            + string.Concat(line.GetProperty("adjudications").EnumerateArray().Select(a => $" {Say(a, "payer")} {Say(a, "paid")} {Reasons(a)}"))));
    }

    [Fact]
    public async Task Questions_and_answers_of_eligibility()
    {
        var asked = Assert.Single((await EdiRun.InspectAsync(EdiRun.Sample("270-01-subscriber.edi"))).Transaction.GetProperty("patients").EnumerateArray());
        Assert.Equal("SMITH,ROBERT 11122333301 ABC COMPANY 30", $"{Name(asked.GetProperty("patient"))} {Say(asked.GetProperty("patient"), "id")} "
            + $"{Say(asked.GetProperty("payer"), "name")} {asked.GetProperty("questions")[0].GetProperty("serviceTypes")[0].GetString()}");

        var answered = Assert.Single((await EdiRun.InspectAsync(EdiRun.Sample("271-01-active-copays.edi"))).Transaction.GetProperty("patients").EnumerateArray());
        Assert.Equal(["1 GOLD 123 PLAN null null null 1", "L null null null null 0", "1 null null null null 10", "B GOLD 123 PLAN 27 10 Y 10", "B GOLD 123 PLAN 27 30 N 10"],
            answered.GetProperty("benefits").EnumerateArray().Select(b => string.Join(' ', new[] { "info", "plan", "period", "amount", "network" }.Select(f => Say(b, f))
                .Append(b.GetProperty("serviceTypes").GetArrayLength().ToString()))));
        Assert.Equal("JONES,MARCUS", Name(answered.GetProperty("benefits").EnumerateArray().SelectMany(b => b.GetProperty("entities").EnumerateArray()).Single()));

        var refused = (await EdiRun.InspectAsync(EdiRun.Sample("271-02-reject-aaa.edi"))).Transaction;
        Assert.Empty(refused.GetProperty("patients").EnumerateArray());
        Assert.Equal(["2100B Y 50 N"], refused.GetProperty("rejections").EnumerateArray().Select(r => string.Join(' ', new[] { "loop", "valid", "reason", "action" }.Select(f => Say(r, f)))));
    }

    [Theory]
    [InlineData("276-01-claim.edi", "ABCXYZ1 SMITH,FRED null SM123456 ", "ABCXYZ2 JONES,MARY null JO234567 ", "ABCXYZ3 MANN,JOSEPH null MA345678 ")]
    [InlineData("277-01-claim.edi", "ABCXYZ1 SMITH,FRED 05347006051 SM123456 open P3-317-null 8513.88", "ABCXYZ2 JONES,MARY 0529675341 JO234567 finished F0-3-null 7599",
        "ABCXYC3 MANN,JOSEPH 051681010827 MA345678 finished F2-88-QC 150")]
    [InlineData("277ca-01-accepted.edi", "5781 TPATIENT,THEBE 1107000000014420 null accepted A2-20-null 125")]
    [InlineData("277ca-02-rejected.edi", "3920394930203 CLILNAME,CLIFNAME 1107000000001120 null rejected A7-562-85 199.14")]
    public async Task Claims_that_are_asked_for_and_where_they_are(string name, params string[] claims) => Assert.Equal(claims,
        (await EdiRun.InspectAsync(EdiRun.Sample(name))).Transaction.GetProperty("claims").EnumerateArray().Select(claim =>
            $"{Say(claim, "trace")} {Name(claim.GetProperty("patient"))} {Say(claim, "payerNumber")} {Say(claim, "patientControlNumber")} "
            + (claim.TryGetProperty("outcome", out var outcome) ? $"{outcome.GetString()} " + string.Join(", ", claim.GetProperty("statuses").EnumerateArray()
                .Select(s => $"{string.Join('-', new[] { "category", "status", "entity" }.Select(f => Say(s.GetProperty("codes")[0], f)))} {Say(s, "charge")}")) : "")));

    [Theory]
    [InlineData("999-01-accepted.edi", "HC 17456 005010X223A2 A 1 1 1", "837 0001 A ")]
    [InlineData("999-02-rejected.edi", "HC 28 005010X223A2 R 1 1 0", "837 0028 R NM 17 1")]
    public async Task An_acknowledgment(string name, string group, string said)
    {
        var set = (await EdiRun.InspectAsync(EdiRun.Sample(name))).Transaction;
        var result = Assert.Single(set.GetProperty("sets").EnumerateArray());

        Assert.Equal(group, string.Join(' ', new[] { "group", "groupControlNumber", "groupVersion", "result", "included", "received", "accepted" }.Select(f => Say(set, f))));
        Assert.Equal(said, $"{Say(result, "type")} {Say(result, "controlNumber")} {Say(result, "result")} "
            + string.Concat(result.GetProperty("errors").EnumerateArray().Select(e => $"{Say(e, "segment")} {Say(e, "position")} {Say(e, "reason")}")));
    }

    private static string Say(JsonElement of, string field) => of.GetProperty(field) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : of.GetProperty(field).GetRawText();

    private static string Name(JsonElement party) => $"{Say(party, "name")},{Say(party, "first")}";

    private static string Procedure(JsonElement line)
    {
        var procedure = line.GetProperty("procedure");
        return string.Join(':', new[] { Say(procedure, "type"), Say(procedure, "code") }.Concat(procedure.GetProperty("modifiers").EnumerateArray().Select(m => m.GetString()!)));
    }

    private static string Reasons(JsonElement of) =>
        $"[{string.Join(", ", of.GetProperty("adjustments").EnumerateArray().Select(a => $"{Say(a, "group")}-{Say(a, "reason")} {Say(a, "amount")}"))}]";
}
