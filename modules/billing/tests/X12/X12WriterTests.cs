using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Modular.Billing.X12;

namespace Modular.Tests.Billing.X12;

/// <summary>What is written has its counts and numbers, is right by our own reading, and refuses what no file may have.</summary>
public sealed class X12WriterTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 0);

    [Fact]
    public void A_question_is_written_to_the_byte()
    {
        var text = Write(writer =>
        {
            writer.BeginSet("270", 7);
            writer.Segment("BHT", "0022", "13", "1", "20260102", "0304");
            writer.Segment("HL", "1", "", "20", "1");
            writer.Segment("NM1", "PR", "2", "TEST PAYER", "", "", "", "", "PI", "P1", "", "");
            writer.Segment("HL", "2", "1", "21", "1");
            writer.Segment("NM1", "1P", "2", "TEST GROUP", "", "", "", "", "XX", "1234567893");
            writer.Segment("HL", "3", "2", "22", "0");
            writer.Segment("TRN", "1", "T1", "9123456789");
            writer.Segment("NM1", "IL", "1", "PATIENT", "TEST", "", "", "", "MI", "M1");
            writer.Segment("DTP", "291", "D8", "20260102");
            writer.Segment("EQ", ElementText.Repeated("30", "98"));
            writer.EndSet();
        }, "HS", "005010X279A1");

        Assert.Equal("ISA*00*          *00*          *ZZ*TEST           *ZZ*PAYER          *260102*0304*^*00501*000000042*0*T*:~" +
            "GS*HS*TEST*PAYER*20260102*0304*43*X*005010X279A1~ST*270*0007*005010X279A1~BHT*0022*13*1*20260102*0304~HL*1**20*1~NM1*PR*2*TEST PAYER*****PI*P1~" +
            "HL*2*1*21*1~NM1*1P*2*TEST GROUP*****XX*1234567893~HL*3*2*22*0~TRN*1*T1*9123456789~NM1*IL*1*PATIENT*TEST****MI*M1~DTP*291*D8*20260102~EQ*30^98~SE*12*0007~" +
            "GE*1*43~IEA*1*000000042~", text);
        Assert.Empty(X12Samples.Read(text).Problems);
    }

    [Fact]
    public void What_was_read_is_written_again_the_same()
    {
        foreach (var text in new[] { X12Samples.Professional, X12Samples.Remittance })
        {
            var read = X12Samples.Read(text);
            var (set, group) = (read.Sets.Single(), read.Sets.Single().Group);
            using var stream = new MemoryStream();
            var writer = new InterchangeWriter(stream);
            writer.BeginInterchange(new("ZZ", group.Interchange.Isa[6].Trim(), "ZZ", group.Interchange.Isa[8].Trim(),
                int.Parse(group.Interchange.ControlNumber), At, IsTest: true));
            writer.BeginGroup(group.Gs[1], group.Gs[2], group.Gs[3], int.Parse(group.ControlNumber), At, group.Version);
            writer.BeginSet(set.Type, int.Parse(set.ControlNumber));
            foreach (var segment in read.Pieces.Where(piece => piece.Id is not ("ISA" or "GS" or "ST" or "SE" or "GE" or "IEA")))
            {
                writer.Segment(segment.Id, [.. Enumerable.Range(1, segment.Count).Select(i =>
                    segment[i].Contains(':', StringComparison.Ordinal)
                        ? ElementText.Composite([.. segment.Components(i)]) : ElementText.FromString(segment[i]))]);
            }

            writer.EndSet();
            writer.EndGroup();
            writer.EndInterchange();

            Assert.Equal(text.ReplaceLineEndings(""), Encoding.ASCII.GetString(stream.ToArray()));
        }
    }

    [Theory]
    [InlineData("A*B", "is a delimiter")]
    [InlineData("A:B", "is a delimiter")]
    [InlineData("A~B", "is a delimiter")]
    [InlineData("A^B", "is a delimiter")]
    [InlineData("NÚÑEZ", "is not in the character set")]
    [InlineData("A\nB", "is not in the character set")]
    [InlineData("A\u0000B", "is not in the character set")]
    public void A_character_that_no_file_may_have_is_refused_with_its_place(string name, string why)
    {
        foreach (var element in new[] { ElementText.FromString(name), ElementText.Composite("HC", name), ElementText.Repeated(name, "X") })
        {
            var refused = Assert.Throws<X12WriteException>(() => Write(writer =>
            {
                writer.BeginSet("837", 1);
                writer.Segment("NM1", "IL", "1", element);
            }));

            Assert.Equal(("NM1", 3), (refused.Segment, refused.Element));
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_refused_segment_leaves_nothing_of_itself_in_the_file()
    {
        var text = Write(writer =>
        {
            writer.BeginSet("837", 1);
            Assert.Throws<X12WriteException>(() => writer.Segment("NM1", "IL", "1", "A~B"));
            writer.Segment("NTE", "ADD", "AFTER");
            writer.EndSet();
        });

        Assert.Contains("NTE*ADD*AFTER~SE*3*0001~", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NM1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_delimiters_let_other_characters_be() => Assert.Contains("NTE|ADD|A*B:C", Write(writer =>
    {
        writer.BeginSet("837", 1);
        writer.Segment("NTE", "ADD", "A*B:C");
        writer.EndSet();
    }, delimiters: new((byte)'|', (byte)'>', (byte)'\n', (byte)'!')), StringComparison.Ordinal);

    [Fact]
    public void Envelopes_are_opened_and_closed_in_their_order()
    {
        var writer = new InterchangeWriter(Stream.Null);
        Assert.Throws<InvalidOperationException>(() => writer.BeginSet("837", 1));
        Assert.Throws<InvalidOperationException>(() => writer.BeginGroup("HC", "AA", "BB", 1, At, "005010X222A1"));
        writer.BeginInterchange(Header(1));
        Assert.Throws<InvalidOperationException>(() => writer.BeginInterchange(Header(2)));
        Assert.Throws<InvalidOperationException>(() => writer.Segment("NM1", "IL"));
        writer.BeginGroup("HC", "AA", "BB", 1, At, "005010X222A1");
        Assert.Throws<InvalidOperationException>(writer.EndInterchange);
        writer.BeginSet("837", 1);
        Assert.Throws<InvalidOperationException>(writer.EndGroup);
        Assert.Throws<InvalidOperationException>(() => writer.Segment("SE", "1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_000)]
    public void A_control_number_that_has_no_nine_digits_is_refused(int number) =>
        Assert.Throws<InvalidOperationException>(() => new InterchangeWriter(Stream.Null).BeginInterchange(Header(number)));

    [Fact]
    public void Counts_and_control_numbers_are_right_however_many_sets_there_are() => Prop.ForAll(
        Gen.Choose(1, 999_999_900).ToArbitrary(), Gen.Choose(0, 12).ToArbitrary(), (number, sets) =>
    {
        var text = Write(writer =>
        {
            for (var i = 1; i <= sets; i++)
            {
                writer.BeginSet("835", number + i);
                for (var n = 0; n < i; n++)
                {
                    writer.Segment("LX", n.ToString(CultureInfo.InvariantCulture));
                }

                writer.EndSet();
            }
        }, "HP", "005010X221A1", number: number);
        var document = X12Samples.Read(text);
        return document.Problems.All(problem => problem.Level != ProblemLevel.Envelope) && document.Sets.Count() == sets
            && document.Interchanges.Single().ControlNumber == number.ToString("D9", CultureInfo.InvariantCulture)
            && document.Sets.Select(set => int.Parse(set.ControlNumber)).SequenceEqual(Enumerable.Range(number + 1, sets));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_claim_balances_exactly_when_its_lines_add_up() => Prop.ForAll(
        Gen.Choose(1, 100_000).ArrayOf().ToArbitrary(), Gen.Choose(-2, 2).ToArbitrary(), (cents, off) =>
    {
        var lines = cents.Take(49).Prepend(1).ToList();
        var claim = lines.Sum() + off;
        var text = X12Samples.Professional[..X12Samples.Professional.IndexOf("SBR*P", StringComparison.Ordinal)]
            .Replace("*C1*150*", $"*C1*{Money(claim)}*", StringComparison.Ordinal)
            + string.Concat(lines.Select((line, i) => $"LX*{i + 1}~SV1*HC:99213*{Money(line)}*UN*1***1~DTP*472*D8*20260101~"))
            + $"SE*{20 + (3 * lines.Count)}*0001~GE*1*1~IEA*1*000000001~";
        return X12Samples.Read(text).Codes().SequenceEqual(off == 0 ? [] : ["837P-CLM02-sum"]);
    }).QuickCheckThrowOnFailure();

    private static string Money(int cents) => (cents / 100m).ToString(CultureInfo.InvariantCulture);

    private static InterchangeHeader Header(int number) => new("ZZ", "TEST", "ZZ", "PAYER", number, At, IsTest: true);

    private static string Write(Action<InterchangeWriter> sets, string functional = "HC", string version = "005010X222A1", int number = 42,
        Delimiters? delimiters = null)
    {
        using var stream = new MemoryStream();
        var writer = new InterchangeWriter(stream, delimiters);
        writer.BeginInterchange(Header(number));
        writer.BeginGroup(functional, "TEST", "PAYER", number == 42 ? 43 : number, At, version);
        sets(writer);
        writer.EndGroup();
        writer.EndInterchange();
        return Encoding.ASCII.GetString(stream.ToArray());
    }
}
