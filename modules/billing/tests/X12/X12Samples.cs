using System.Text;
using Modular.Billing.X12;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.X12;

/// <summary>Files to read: those by others, where they are beside the checkout, and our own, about nobody.</summary>
internal static class X12Samples
{
    public const string Professional = """
        ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260102*0304*^*00501*000000001*0*T*:~
        GS*HC*SENDER*RECEIVER*20260102*0304*1*X*005010X222A1~
        ST*837*0001*005010X222A1~
        BHT*0019*00*1*20260102*0304*CH~
        NM1*41*2*TEST GROUP*****46*SENDER~
        PER*IC*TEST DESK*TE*5555550100~
        NM1*40*2*TEST PAYER*****46*RECEIVER~
        HL*1**20*1~
        NM1*85*2*TEST GROUP*****XX*1234567893~
        N3*1 TEST STREET~
        N4*TESTVILLE*OH*432150001~
        REF*EI*123456789~
        HL*2*1*22*0~
        SBR*S*18*******CI~
        NM1*IL*1*PATIENT*TEST****MI*M1~
        N3*2 TEST STREET~
        N4*TESTVILLE*OH*43215~
        DMG*D8*19800229*F~
        NM1*PR*2*TEST PAYER*****PI*P2~
        CLM*C1*150***11:B:1*Y*A*Y*Y~
        HI*ABK:J069*ABF:R05~
        SBR*P*18*******MB~
        CAS*PR*1*20~
        AMT*D*90~
        OI***Y***Y~
        NM1*IL*1*PATIENT*TEST****MI*M0~
        NM1*PR*2*FIRST PAYER*****PI*P1~
        LX*1~
        SV1*HC:99213:25*100*UN*1***1:2~
        DTP*472*D8*20260101~
        SVD*P1*60*HC:99213:25**1~
        CAS*CO*45*40~
        DTP*573*D8*20260101~
        LX*2~
        SV1*HC:87070*50*UN*1***1~
        DTP*472*D8*20260101~
        SVD*P1*50*HC:87070**1~
        DTP*573*D8*20260101~
        SE*37*0001~
        GE*1*1~
        IEA*1*000000001~
        """;

    public const string Remittance = """
        ISA*00*          *00*          *ZZ*PAYER          *ZZ*TESTGROUP      *260102*0304*^*00501*000000002*0*T*:~
        GS*HP*PAYER*TESTGROUP*20260102*0304*2*X*005010X221A1~
        ST*835*0001~
        BPR*I*118.5*C*ACH*CCP*01*999999992*DA*1*1512345678**01*999988880*DA*2*20260102~
        TRN*1*T1*1512345678~
        DTM*405*20260102~
        N1*PR*TEST PAYER~
        N3*1 TEST STREET~
        N4*TESTVILLE*OH*43215~
        PER*BL*TEST DESK*TE*5555550100~
        N1*PE*TEST GROUP*XX*1234567893~
        LX*1~
        CLP*C1*1*150*120*20*12*N1*11*1~
        NM1*QC*1*PATIENT*TEST****MI*M1~
        DTM*232*20260101~
        SVC*HC:99213*100*70**1~
        DTM*472*20260101~
        CAS*CO*45*10~
        CAS*PR*1*15**2*5~
        REF*6R*L1~
        AMT*B6*90~
        SVC*HC:87070*50*50**1~
        DTM*472*20260101~
        PLB*1234567893*20261231*WO:X1*2*L6*-0.5~
        SE*23*0001~
        GE*1*2~
        IEA*1*000000002~
        """;

    public const string Eligibility = """
        ISA*00*          *00*          *ZZ*PAYER          *ZZ*TESTGROUP      *260102*0304*^*00501*000000003*0*T*:~
        TA1*000000001*260102*0304*A*000~
        GS*HB*PAYER*TESTGROUP*20260102*0304*3*X*005010X279A1~
        ST*271*0001*005010X279A1~
        BHT*0022*11*1*20260102*0304~
        HL*1**20*1~
        NM1*PR*2*TEST PAYER*****PI*P1~
        HL*2*1*21*1~
        NM1*1P*2*TEST GROUP*****XX*1234567893~
        HL*3*2*22*0~
        TRN*2*T1*9123456789~
        NM1*IL*1*PATIENT*TEST****MI*M1~
        DMG*D8*19800229*F~
        EB*1*IND*30^98*HM*TEST PLAN~
        EB*C*IND*30***29*120.5*****Y~
        SE*13*0001~
        GE*1*3~
        IEA*1*000000003~
        """;

    public static IReadOnlyDictionary<string, string> Own { get; } =
        new Dictionary<string, string> { ["837P"] = Professional, ["835"] = Remittance, ["271"] = Eligibility };

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    public static X12Document Read(string text) => X12Document.Read(Bytes(text));

    /// <summary>A sample by others; the test is skipped where the folder is absent.</summary>
    public static X12Document Other(string name)
    {
        var file = Repository.Sample($"x12/{name}");
        Assert.SkipWhen(file is null, "The sample folder shared/data/x12 is not beside this checkout.");
        return X12Document.Read(File.ReadAllBytes(file!));
    }

    public static IEnumerable<string> Codes(this X12Document document, Severity severity = Severity.Error) =>
        document.Problems.Where(problem => problem.Severity == severity).Select(problem => problem.Code);
}
