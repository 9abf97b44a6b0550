using System.Text;
using Modular.Billing.Answers;
using Modular.Tests.Billing.Edi;
using Modular.Tests.Billing.X12;

namespace Modular.Tests.Billing.Answers;

/// <summary>What a file of a payer means for the claims it speaks of (shared/domain/x12.md, rule 27).</summary>
public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("STC*A2:20*20260103*WQ*150", AnswerVerdict.Accepted)]
    [InlineData("STC*A0:16*20260103*WQ*150", AnswerVerdict.Received)]
    [InlineData("STC*A1:19*20260103*WQ*150", AnswerVerdict.Received)]
    [InlineData("STC*A4:35*20260103*WQ*150", AnswerVerdict.Open)]
    [InlineData("STC*A5:20*20260103*WQ*150", AnswerVerdict.Open)]
    [InlineData("STC*A3:21*20260103*U*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A6:21*20260103*U*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A7:562:85*20260103*U*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A8:400*20260103*U*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A7:562:85*20260103*WQ*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A2:20*20260103*U*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A2:20*20260103*WQ*150~STC*A7:254*20260103*U*150", AnswerVerdict.Rejected)]
    [InlineData("STC*A1:20*20260103*WQ*150*******A7:254", AnswerVerdict.Rejected)]
    public void A_277CA_moves_a_claim_as_the_rule_says(string stc, AnswerVerdict verdict)
    {
        var line = Assert.Single(AnswerSamples.Read(AnswerSamples.Acknowledgment("C1", stc)).Lines);

        Assert.Equal((verdict, "C1", "B1", "P77", new DateOnly(2026, 1, 3)),
            (line.Verdict, line.ClaimNumber, line.Reference, line.PayerNumber, line.SaidOn));
    }

    [Fact]
    public void Where_code_and_action_disagree_it_says_so()
    {
        var line = Assert.Single(AnswerSamples.Read(AnswerSamples.Acknowledgment("C1", "STC*A7:562:85*20260103*WQ*150")).Lines);

        Assert.Equal(("Rejected: information is wrong: NPI (billing provider). Code and action disagree: it counts as rejected", "A7:562:85", MendPage.Identifiers),
            (line.Words, line.Codes, line.Page));
        Assert.DoesNotContain("disagree", AnswerSamples.Read(AnswerSamples.Acknowledgment("C1", "STC*A7:562:85*20260103*U*150")).Lines[0].Words,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PR", true)]
    [InlineData("AY", false)]
    public void Only_the_payer_s_own_word_is_the_payer_s(string speaker, bool fromPayer) =>
        Assert.Equal(fromPayer, AnswerSamples.Read(AnswerSamples.Acknowledgment("C1", "STC*A2:20*20260103*WQ*150", speaker)).Lines[0].FromPayer);

    [Theory]
    [InlineData("A", AnswerVerdict.Received)]
    [InlineData("E", AnswerVerdict.Received)]
    [InlineData("R", AnswerVerdict.Rejected)]
    [InlineData("M", AnswerVerdict.Rejected)]
    public void A_999_speaks_of_every_claim_of_a_set(string result, AnswerVerdict verdict)
    {
        var line = Assert.Single(AnswerSamples.Read(AnswerSamples.Ack999(7, $"AK2*837*0002*005010X222A1~\nIK5*{result}~\n")).Lines);

        Assert.Equal((AnswerKind.Ack999, verdict, "7", "0002", null), (line.Kind, line.Verdict, line.Group, line.Set, line.ClaimNumber));
    }

    [Fact]
    public void A_999_names_segment_element_and_reason_the_page_and_where_it_can_the_claim()
    {
        var lines = AnswerSamples.Read(AnswerSamples.Ack999(7, """
            AK2*837*0002*005010X222A1~
            IK3*NM1*19*2010BA*8~
            CTX*CLM01:C1~
            IK4*9*67*5*M123456~
            IK5*R*5~

            """, "R")).Lines;

        Assert.Equal(2, lines.Count);
        Assert.Equal((AnswerVerdict.Rejected, null, "The whole set was refused: NM109 in loop 2010BA is too long"), (lines[0].Verdict, lines[0].ClaimNumber, lines[0].Words));
        Assert.Equal((AnswerVerdict.Open, "C1", "NM109 in loop 2010BA is too long", MendPage.Coverage), (lines[1].Verdict, lines[1].ClaimNumber, lines[1].Words, lines[1].Page));
    }

    [Theory]
    [InlineData("R", AnswerVerdict.Rejected, "The whole group was refused")]
    [InlineData("A", AnswerVerdict.Received, "The group was taken")]
    [InlineData("P", AnswerVerdict.Open, "The group was taken in part; which part is not said")]
    public void A_group_without_sets_speaks_of_all_of_them(string result, AnswerVerdict verdict, string words)
    {
        var line = Assert.Single(AnswerSamples.Read(AnswerSamples.Ack999(7, "", result)).Lines);

        Assert.Equal((verdict, words, null), (line.Verdict, line.Words, line.Set));
    }

    [Theory]
    [InlineData("A", "000", AnswerVerdict.Received, "The file was taken")]
    [InlineData("E", "001", AnswerVerdict.Received, "The file was taken with errors: the control numbers at begin and end differ")]
    [InlineData("R", "025", AnswerVerdict.Rejected, "The whole file was refused: the control number was used before")]
    [InlineData("R", "099", AnswerVerdict.Rejected, "The whole file was refused: note 099")]
    public void A_TA1_speaks_of_a_whole_file(string result, string note, AnswerVerdict verdict, string words)
    {
        var line = Assert.Single(AnswerSamples.Read(AnswerSamples.Ta1(12, result, note)).Lines);

        Assert.Equal((AnswerKind.Ta1, verdict, words, "000000012"), (line.Kind, line.Verdict, line.Words, line.Interchange));
    }

    [Fact]
    public void Several_interchanges_one_after_the_other_are_all_read()
    {
        var read = AnswerSamples.Read(string.Join('\n', AnswerSamples.Ta1(12, "A"), AnswerSamples.Acknowledgment("C1", "STC*A2:20*20260103*WQ*150", control: 9),
            AnswerSamples.Ack999(7, "AK2*837*0002*005010X222A1~\nIK5*A~\n")));

        Assert.Equal([AnswerKind.Ta1, AnswerKind.Acknowledgment, AnswerKind.Ack999], read.Lines.Select(l => l.Kind));
        Assert.Equal([], read.Problems);
    }

    [Fact]
    public void A_remittance_is_no_answer_and_claims_are_none_either()
    {
        var remittance = AnswerSamples.Read(X12Samples.Remittance);
        Assert.Equal((true, 0), (remittance.HasRemittance, remittance.Lines.Count));
        Assert.Equal(["Set 0001 is a 837 (005010X222A1), which is no answer to claims."], AnswerSamples.Read(X12Samples.Professional).Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Claim,State\nC1,accepted\n")]
    [InlineData("ISA*00*")]
    public void What_is_no_file_is_said_to_be_none(string text)
    {
        var read = AnswerSamples.Read(text);
        Assert.Empty(read.Lines);
        Assert.NotEmpty(read.Problems);
    }

    [Fact]
    public void A_file_cut_off_anywhere_fails_nowhere_and_says_so()
    {
        var whole = Encoding.ASCII.GetBytes(AnswerSamples.Acknowledgment("C1", "STC*A7:562:85*20260103*U*150"));
        for (var length = 0; length < whole.Length - 2; length++)
        {
            Assert.NotEmpty(AnswerReader.Read(whole[..length]).Problems);
        }
    }

    [Theory]
    [InlineData("277ca-01-accepted.edi", "5781 Accepted A2:20 1107000000014420 True")]
    [InlineData("277ca-02-rejected.edi", "3920394930203 Rejected A7:562:85 1107000000001120 True")]
    [InlineData("277-01-claim.edi", "SM123456 Open P3:317 05347006051 True", "JO234567 Decided F0:3 0529675341 True", "MA345678 Decided F2:88:QC 051681010827 True")]
    [InlineData("999-01-accepted.edi", " Received A  False")]
    [InlineData("999-02-rejected.edi", " Rejected R  False")]
    public void A_file_by_others(string name, params string[] told) => Assert.Equal(told, AnswerReader.Read(File.ReadAllBytes(EdiRun.Sample(name))).Lines
        .Select(l => $"{l.ClaimNumber} {l.Verdict} {l.Codes} {l.PayerNumber} {l.FromPayer}"));
}
