using Modular.Billing.X12;

namespace Modular.Tests.Billing.X12;

/// <summary>One change to a file that is right, and what is said of it.</summary>
public sealed class X12RuleTests
{
    [Theory]
    // Loops and required parts (section 2).
    [InlineData("REF*EI*123456789~\n", "", "segment-missing")]
    [InlineData("NM1*PR*2*TEST PAYER*****PI*P2~\n", "", "loop-missing")]
    [InlineData("HI*ABK:J069*ABF:R05~\n", "HI*ABK:J069*ABF:R05~\nHI*ABK:J069*ABF:R05~\n", "too-many")]
    [InlineData("REF*EI*123456789~\n", "REF*EI*123456789~\nN3*AGAIN~\n", "segment-order")]
    [InlineData("AMT*D*90~\n", "AMT*ZZ*90~\n", "code-not-used")]
    [InlineData("AMT*D*90~\n", "AMT*D*90~\nXYZ*1~\n", "segment-unexpected")]
    // Elements.
    [InlineData("CLM*C1*150***11:B:1*Y*A*Y*Y", "CLM*C1*150***11:B:1**A*Y*Y", "element-required")]
    [InlineData("CLM*C1*150***11:B:1", "CLM*C1*150***11:B", "component-required")]
    [InlineData("CLM*C1*150***11:B:1", "CLM*C1*150*X**11:B:1", "element-not-used")]
    [InlineData("*UN*1***1:2", "*XX*1***1:2", "code")]
    [InlineData("DMG*D8*19800229*F", "DMG*D8*19810229*F", "date")]
    [InlineData("N4*TESTVILLE*OH*432150001", "N4*T*OH*432150001", "too-short")]
    [InlineData("NM1*IL*1*PATIENT*TEST****MI*M1", "NM1*IL*1*PATIENT*TEST****MI*M", "too-short")]
    [InlineData("NM1*IL*1*PATIENT*TEST****MI*M1", "NM1*IL*1*PATIENT*TEST*****M1", "syntax-note")]
    [InlineData("SV1*HC:87070*50*UN*1", "SV1*HC:87070*50*UN*1E0", "number")]
    // Levels.
    [InlineData("HL*2*1*22*0", "HL*3*1*22*0", "HL01")]
    [InlineData("HL*2*1*22*0", "HL*2*9*22*0", "HL02")]
    [InlineData("HL*2*1*22*0", "HL*2*1*22*1", "HL04")]
    [InlineData("SBR*S*18***", "SBR*S****", "837P-2000B-SBR02")]
    [InlineData("DMG*D8*19800229*F~\n", "", "837P-2010BA-patient")]
    // What one part demands of another.
    [InlineData("CLM*C1*", "CLM*C23456789012345678901*", "837P-CLM01-length")]
    [InlineData("CLM*C1*150***11:B:1", "CLM*C1*150***11:B:7", "837P-REF-F8-needed")]
    [InlineData("HI*ABK:J069", "REF*F8*N1~\nHI*ABK:J069", "837P-REF-F8-forbidden")]
    [InlineData("*Y*A*Y*Y~", "*Y*A*Y*Y**OA~", "837P-DTP-439")]
    [InlineData("*Y*A*Y*Y~", "*Y*A*Y*Y**AA~\nDTP*439*D8*20260101~", "837P-CLM11-state")]
    [InlineData("ABK:J069", "ABK:J06.9", "837P-HI-dots")]
    [InlineData("ABF:R05", "BF:R05", "837P-HI-version")]
    [InlineData("*UN*1***1:2~", "*UN*1***1:3~", "837P-SV107")]
    [InlineData("LX*2~", "LX*3~", "837P-LX")]
    [InlineData("SBR*P*18", "SBR*S*18", "837P-SBR01-rank")]
    [InlineData("SVD*P1*60", "SVD*P9*60", "837P-SVD01", "837P-COB-claim")]
    // Sums (section 1.4.4).
    [InlineData("CLM*C1*150*", "CLM*C1*150.01*", "837P-CLM02-sum", "837P-COB-claim")]
    [InlineData("AMT*D*90", "AMT*D*89.99", "837P-COB-claim")]
    [InlineData("SVD*P1*60", "SVD*P1*60.01", "837P-COB-line")]
    public void Each_fault_of_a_claim_has_its_code(string from, string to, params string[] codes) => Says(X12Samples.Professional, from, to, codes);

    [Theory]
    [InlineData("SVC*HC:99213*100*70", "SVC*HC:99213*100*70.01", "835-line-balance")]
    [InlineData("CLP*C1*1*150*120*", "CLP*C1*1*150*120.01*", "835-claim-balance", "835-check-balance")]
    [InlineData("SVC*HC:87070*50*50", "SVC*HC:87070*51*51", "835-claim-charge")]
    [InlineData("BPR*I*118.5", "BPR*I*118.49", "835-check-balance")]
    [InlineData("BPR*I*118.5", "BPR*I*-118.5", "835-check-balance", "835-negative-payment")]
    [InlineData("WO:X1*2*", "WO:X1*-2*", "835-check-balance")]
    [InlineData("CAS*CO*45*10", "CAS*XX*45*10", "code")]
    [InlineData("CLP*C1*1*", "CLP*C1*9*", "code")]
    [InlineData("NM1*QC*1*PATIENT*TEST****MI*M1~\n", "", "segment-missing")]
    public void Each_fault_of_a_remittance_has_its_code(string from, string to, params string[] codes) =>
        Says(X12Samples.Remittance, from, to, codes);

    [Theory]
    [InlineData("835", "*150*120*20*", "*150*120*19*", "835-patient-amount")]
    [InlineData("835", "1234567893~\nLX", "1234567894~\nLX", "npi")]
    [InlineData("835", "*ACH*CCP*01*999999992*DA*1*1512345678**01*999988880*DA*2*", "*NON************", "835-method")]
    [InlineData("837P", "*OH*432150001", "*OH*43215", "837P-N403-nine")]
    [InlineData("837P", "N3*1 TEST", "N3*P.O. BOX 1", "837P-N301-street")]
    [InlineData("837P", "*11:B:1*", "*98:B:1*", "code-unknown")]
    [InlineData("837P", "SBR*S*18*******CI", "SBR*S*18*******MB", "837P-SBR05")]
    public void What_may_be_meant_is_a_warning_and_no_error(string type, string from, string to, string code)
    {
        var document = Changed(X12Samples.Own[type], from, to);

        Assert.Empty(document.Codes());
        Assert.Contains(code, document.Codes(Severity.Warning));
    }

    [Theory]
    [InlineData("A7", "WQ", true)]
    [InlineData("A3", "WQ", true)]
    [InlineData("A2", "U", true)]
    [InlineData("A2", "WQ", false)]
    [InlineData("A7", "U", false)]
    public void An_answer_that_contradicts_itself_is_shown(string category, string act, bool contradicts)
    {
        var text = X12Samples.Eligibility.Replace("EB*1*IND*30^98*HM*TEST PLAN", $"STC*{category}:20*20260101*{act}*1", StringComparison.Ordinal);

        Assert.Equal(contradicts, X12Samples.Read(text).Codes(Severity.Warning).Contains("STC03"));
    }

    [Fact]
    public void A_reversal_has_its_signs_turned_and_balances()
    {
        var text = X12Samples.Remittance.Replace("CLP*C1*1*150*120*20*", "CLP*C1*22*-150*-120**", StringComparison.Ordinal)
            .Replace("*100*70**1", "*-100*-70**-1", StringComparison.Ordinal).Replace("CO*45*10", "CO*45*-10", StringComparison.Ordinal)
            .Replace("PR*1*15**2*5", "PR*1*-15**2*-5", StringComparison.Ordinal).Replace("*50*50**1", "*-50*-50**-1", StringComparison.Ordinal)
            .Replace("WO:X1*2*L6*-0.5", "FB:X1*-120", StringComparison.Ordinal)
            .Replace("BPR*I*118.5*C*ACH", "BPR*H*0*C*NON", StringComparison.Ordinal);

        Assert.Empty(X12Samples.Read(text).Problems);
    }

    [Fact]
    public void A_remittance_without_its_header_number_is_told_and_its_claims_are_read()
    {
        var document = Changed(X12Samples.Remittance, "LX*1~\n", "");

        Assert.Equal(["segment-missing", "SE01-count"], document.Codes());
        Assert.Equal("C1", Assert.Single(document.Sets.Single().Root!.Below("2100")).Segments[0][1]);
    }

    [Theory]
    [InlineData("1234567893", true)]
    [InlineData("1234567894", false)]
    [InlineData("123456789", false)]
    [InlineData("12345678930", false)]
    [InlineData("x234567893", false)]
    public void An_NPI_has_a_check_digit(string npi, bool valid) => Assert.Equal(valid, Npi.IsValid(npi));

    [Fact]
    public void Every_rule_of_claims_says_where_it_is_written() =>
        Assert.All(ClaimSituations.All, rule => Assert.StartsWith("section ", rule.Section, StringComparison.Ordinal));

    [Fact]
    public void Every_segment_of_a_guide_is_one_of_the_standard_and_uses_no_more_elements_than_it_has()
    {
        var wrong = from guide in Guides.All.Values
                    from use in Uses(guide.Root)
                    where !SegmentTable.All.TryGetValue(use.Id, out var type) || use.Elements.Any(e => e.Element > type.Elements.Count
                        || (e.Component > 0 && (type.Elements[e.Element - 1].Components is not { } parts || e.Component > parts.Count)))
                    select $"{guide.Key} {use.Id} {use.Name}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_library_knows_nothing_of_the_rest() => Assert.All(typeof(Guides).Assembly.GetReferencedAssemblies(),
        name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    private static IEnumerable<SegmentUse> Uses(LoopUse loop) =>
        loop.Children.SelectMany(child => child is LoopUse inner ? Uses(inner) : [(SegmentUse)child]);

    private static void Says(string text, string from, string to, string[] codes)
    {
        // A segment more or less is a fault of the count too; that has a test of its own.
        var changed = Changed(text, from, to);
        Assert.Equal(codes.Order(), changed.Codes().Where(code => code != "SE01-count").Order());
    }

    private static X12Document Changed(string text, string from, string to)
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        return X12Samples.Read(text.Replace(from, to, StringComparison.Ordinal));
    }
}
