using Modular.Billing.Answers;
using Modular.Tests.Billing.X12;

namespace Modular.Tests.Billing.Answers;

/// <summary>Answers to claims, about nobody.</summary>
internal static class AnswerSamples
{
    public static AnswerContent Read(string text) => AnswerReader.Read(X12Samples.Bytes(text));

    /// <summary>A 277CA of the payer (or, AY, of a clearing house) about one claim.</summary>
    public static string Acknowledgment(string claim, string stc, string speaker = "PR", string reference = "B1", string payerNumber = "P77", int control = 1) => $"""
        ISA*00*          *00*          *ZZ*PAYER          *ZZ*TESTGROUP      *260103*0304*^*00501*{control:000000000}*0*T*:~
        GS*HN*PAYER*TESTGROUP*20260103*0304*1*X*005010X214~
        ST*277*0001*005010X214~
        BHT*0085*08*77*20260103*0304*TH~
        HL*1**20*1~
        NM1*{speaker}*2*TEST PAYER*****46*P1~
        TRN*1*77~
        DTP*050*D8*20260103~
        DTP*009*D8*20260103~
        HL*2*1*21*1~
        NM1*41*2*TEST GROUP*****46*SENDER~
        TRN*2*{reference}~
        STC*A1:20*20260103*WQ*150~
        HL*3*2*19*1~
        NM1*85*2*TEST GROUP*****XX*1234567893~
        TRN*1*0~
        HL*4*3*PT~
        NM1*QC*1*PATIENT*TEST****MI*M1~
        TRN*2*{claim}~
        {stc}~
        REF*1K*{payerNumber}~
        DTP*472*D8*20260101~
        SE*21*0001~
        GE*1*1~
        IEA*1*{control:000000000}~
        """;

    /// <summary>A 999 with these segments between AK1 and AK9.</summary>
    public static string Ack999(int group, string inner, string result = "A") => $"""
        ISA*00*          *00*          *ZZ*PAYER          *ZZ*TESTGROUP      *260103*0304*^*00501*000000004*0*T*:~
        GS*FA*PAYER*TESTGROUP*20260103*0304*4*X*005010X231A1~
        ST*999*0001*005010X231A1~
        AK1*HC*{group}*005010X222A1~
        {inner}AK9*{result}*1*1*1~
        SE*{4 + inner.Count(c => c == '~')}*0001~
        GE*1*4~
        IEA*1*000000004~
        """;

    public static string Ta1(int interchange, string result, string note = "000") => $"""
        ISA*00*          *00*          *ZZ*PAYER          *ZZ*TESTGROUP      *260103*0304*^*00501*000000005*0*T*:~
        TA1*{interchange:000000000}*260102*0304*{result}*{note}~
        IEA*0*000000005~
        """;
}
