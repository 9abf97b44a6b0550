using System.Text;
using Modular.Billing.Eligibility;
using Modular.Billing.X12;

namespace Modular.Tests.Billing.Eligibility;

/// <summary>What a 271 comes to (005010X279A1), and what a 270 asks.</summary>
public sealed class EligibilityRuleTests
{
    private const string Trace = "0190F0A0B0C07000800000000000E1E1";

    [Theory]
    [InlineData("1", "active"), InlineData("2", "active"), InlineData("3", "active"), InlineData("4", "active"), InlineData("5", "active")]
    [InlineData("6", "inactive"), InlineData("7", "inactive"), InlineData("8", "inactive"), InlineData("I", "unknown"), InlineData("V", "unknown")]
    public void EB01_1_to_5_is_active_and_6_to_8_is_not(string code, string state) =>
        Assert.Equal(state, EligibilityRules.State(Read($"EB*{code}**30~").Benefits));

    [Fact]
    public void What_is_said_of_the_plan_comes_before_what_is_said_of_one_service()
    {
        Assert.Equal("active", EligibilityRules.State(Read("EB*6**35~EB*1**30~").Benefits));
        Assert.Equal("inactive", EligibilityRules.State(Read("EB*1**35~EB*6**30~").Benefits));
        Assert.Equal("inactive", EligibilityRules.State(Read("EB*6**35~").Benefits));
    }

    [Fact]
    public void A_total_is_never_what_is_left()
    {
        var total = Read("EB*1**30~EB*C*IND*30***23*1500*****Y~EB*G*IND*30***23*6000*****Y~").Benefits;
        Assert.Equal((1500m, null, 6000m, null), (EligibilityRules.OfYear(total, "C"), EligibilityRules.Left(total, "C"),
            EligibilityRules.OfYear(total, "G"), EligibilityRules.Left(total, "G")));
        var left = Read("EB*C*IND*30***29*212.5*****Y~").Benefits;
        Assert.Equal((null, 212.5m), (EligibilityRules.OfYear(left, "C"), EligibilityRules.Left(left, "C")));
    }

    [Fact]
    public void Out_of_network_and_a_familys_amounts_are_not_the_patients()
    {
        var said = Read("EB*B**98***27*60*****N~EB*B**98***27*25*****Y~EB*C*FAM*30***29*3000*****Y~EB*C*IND*30***29*0*****W~EB*A**98*****.2****Y~").Benefits;
        Assert.Equal((25m, 0m, .2m), (EligibilityRules.Copay(said), EligibilityRules.Left(said, "C"), EligibilityRules.Coinsurance(said)));
    }

    [Fact]
    public void The_copay_of_an_office_visit_comes_before_that_of_the_plan_and_one_of_another_service_is_none()
    {
        Assert.Equal(25m, EligibilityRules.Copay(Read("EB*B**30***27*40~EB*B**98***27*25~").Benefits));
        Assert.Null(EligibilityRules.Copay(Read("EB*B**86***27*250~").Benefits));
        Assert.Equal(10m, EligibilityRules.Copay(Read("EB*B**35^98^UC***27*10~").Benefits));
    }

    [Fact]
    public void Another_payer_is_an_alert()
    {
        Assert.Equal(["HARBOR HEALTH"], EligibilityRules.OtherPayers(Read("EB*1**30~EB*R**30~LS*2120~NM1*PRP*2*HARBOR HEALTH~LE*2120~").Benefits));
        Assert.Empty(EligibilityRules.OtherPayers(Read("EB*1**30~EB*L~LS*2120~NM1*P3*1*JONES*MARCUS~LE*2120~").Benefits));
    }

    [Theory]
    [InlineData("42"), InlineData("75"), InlineData("50")]
    public void A_refusal_is_neither_active_nor_inactive(string reason)
    {
        var reply = Read("", $"AAA*N**{reason}*C~");
        Assert.Equal((reason, "unknown"), (Assert.Single(reply.Refusals), EligibilityRules.State(reply.Benefits)));
    }

    [Fact]
    public void A_dependent_is_the_lowest_level_and_a_refusal_above_is_theirs()
    {
        var replies = Replies($"HL*3*2*22*1~NM1*IL*1*VALE*IDA****MI*M1~HL*4*3*23*0~TRN*2*{Trace}*1123456789~NM1*03*1*VALE*TOM~AAA*N**58*C~DTP*346*D8*20260101~EB*1**30**GOLD~");
        var reply = Assert.Single(replies);
        Assert.Equal((Trace, new DateOnly(2026, 1, 1), "58", "GOLD"), (reply.Trace, reply.PlanFrom, Assert.Single(reply.Refusals), reply.Benefits[0].Plan));
    }

    [Fact]
    public void A_270_has_no_fault_by_the_guide_and_asks_for_the_lowest_level()
    {
        var document = X12Document.Read(Written());
        Assert.Empty(document.Errors);
        var root = Assert.Single(document.Sets).Root!;
        Assert.Equal(["30", "30"], root.Below("2110C").Concat(root.Below("2110D")).Select(l => l.Segments[0][1]));
        var own = root.Below("2000C").First();
        Assert.Equal(("1", Trace, "1123456789", "0"), (own.Find("TRN")![1], own.Find("TRN")![2], own.Find("TRN")![3], own.Find("HL")![4]));
        Assert.Equal(("MI", "M-77", "20260611"), (own.Child("2100C")!.Find("NM1")![8], own.Child("2100C")!.Find("NM1")![9], own.Child("2100C")!.Find("DTP")![3]));
        var dependent = Assert.Single(root.Below("2000D"));
        Assert.Null(dependent.Parent!.Find("TRN"));
        Assert.Equal(("1", "NUNEZ"), (dependent.Find("TRN")![1], dependent.Child("2100D")!.Find("NM1")![3]));
    }

    [Fact]
    public void Half_a_271_and_what_is_none_never_throw()
    {
        var whole = Encoding.ASCII.GetBytes(File($"HL*3*2*22*0~TRN*2*{Trace}*1123456789~NM1*IL*1*VALE*ADA****MI*M1~EB*1**30~EB*B**98***27*99999999999999999999~EB~"));
        for (var length = 0; length < whole.Length; length += 7)
        {
            foreach (var reply in EligibilityReader.Read(X12Document.Read(whole[..length])))
            {
                _ = EligibilityRules.State(reply.Benefits);
            }
        }

        var last = Assert.Single(EligibilityReader.Read(X12Document.Read(whole)));
        Assert.Null(EligibilityRules.Copay(last.Benefits));
    }

    [Fact]
    public void The_samples_say_what_their_manifest_says()
    {
        const string folder = "/work/shared/data/x12";
        Assert.SkipUnless(Directory.Exists(folder), "The sample files are not on this machine.");
        var active = EligibilityReader.Read(X12Document.Read(System.IO.File.ReadAllBytes(Path.Combine(folder, "271-01-active-copays.edi"))));
        var reply = Assert.Single(active);
        Assert.Equal(("93175-012547", "active", 10m, new DateOnly(2006, 1, 1)),
            (reply.Trace, EligibilityRules.State(reply.Benefits), EligibilityRules.Copay(reply.Benefits), reply.PlanFrom));
        Assert.Equal(["1", "33", "35", "47", "86", "88", "98", "AL", "MH", "UC"], reply.Benefits[2].Types);
        var refused = Assert.Single(EligibilityReader.Read(X12Document.Read(System.IO.File.ReadAllBytes(Path.Combine(folder, "271-02-reject-aaa.edi")))));
        Assert.Equal(("", "10001234", "50"), (refused.Trace, refused.Reference, Assert.Single(refused.Refusals)));
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        var (payer, entity) = (new AskedPayer("Harbor Health", "60054"), new AskingEntity("Group", "1234567893", "123456789"));
        EligibilityFile.Write(stream, new("ZZ", "PRACTICE", "ZZ", "HOUSE", 7, new(2026, 6, 10, 18, 0, 0), false), "ELIG000000007",
        [
            new(Trace, new(2026, 6, 11), payer, entity, new("Vale", "Ada"), "M-77", new(1980, 1, 1), "F", null),
            new(Trace.Replace('1', '2'), new(2026, 6, 11), payer, entity, new("Vale", "Ida"), "M-78", null, null,
                new(new("Núñez", "Tom"), new(2015, 3, 2), "M")),
        ]);
        return stream.ToArray();
    }

    private static EligibilityReply Read(string benefits, string refusal = "") =>
        Assert.Single(Replies($"HL*3*2*22*0~TRN*2*{Trace}*1123456789~NM1*IL*1*VALE*ADA****MI*M1~{refusal}{benefits}"));

    private static IReadOnlyList<EligibilityReply> Replies(string patients) =>
        EligibilityReader.Read(X12Document.Read(Encoding.ASCII.GetBytes(File(patients))));

    internal static string File(string patients, string reference = "ELIG000000001", int number = 1) =>
        $"ISA*00*          *00*          *ZZ*HOUSE          *ZZ*PRACTICE       *260611*0700*^*00501*{number:D9}*0*P*:~GS*HB*HOUSE*PRACTICE*20260611*0700*{number}*X*005010X279A1~"
        + $"ST*271*0001*005010X279A1~BHT*0022*11*{reference}*20260611*0700~HL*1**20*1~NM1*PR*2*HARBOR HEALTH*****PI*60054~HL*2*1*21*1~"
        + $"NM1*1P*2*GROUP*****XX*1234567893~{patients}SE*{patients.Count(c => c == '~') + 7}*0001~GE*1*{number}~IEA*1*{number:D9}~";
}
