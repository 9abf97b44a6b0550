using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Modular.Billing.X12;

namespace Modular.Tests.Billing.X12;

/// <summary>Bytes to segments to envelopes, whatever the delimiters and whatever is between.</summary>
public sealed class X12ReaderTests
{
    public static TheoryData<string> Types => [.. X12Samples.Own.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Our_own_files_have_no_problem_at_all(string type) => Assert.Empty(X12Samples.Read(X12Samples.Own[type]).Problems);

    [Theory]
    [InlineData('*', ':', '\n', '^')]
    [InlineData('|', '>', '~', '!')]
    [InlineData('\u001d', '\u001f', '\u001c', '\u001e')]
    public void Delimiters_are_those_that_the_interchange_names(char element, char component, char terminator, char repetition)
    {
        var text = new StringBuilder(X12Samples.Eligibility.ReplaceLineEndings("")).Replace('*', element).Replace(':', component)
            .Replace('~', terminator).Replace('^', repetition).ToString();
        var document = X12Samples.Read(text);

        Assert.Empty(document.Problems);
        Assert.Equal(["30", "98"], document.Sets.Single().Root!.Below("2110C").First().Segments[0].Repeats(3));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n  ")]
    [InlineData("")]
    public void Line_ends_after_terminators_are_nothing_and_are_kept(string end)
    {
        var bytes = X12Samples.Bytes(X12Samples.Remittance.ReplaceLineEndings(end));
        var document = X12Document.Read(bytes);

        Assert.Empty(document.Problems);
        Assert.Equal(bytes, document.Pieces.SelectMany(piece => piece.Raw.ToArray()));
    }

    [Fact]
    public void Several_interchanges_with_delimiters_of_their_own_and_junk_between_are_one_file()
    {
        var second = X12Samples.Eligibility.Replace('*', '|').Replace('~', '\'');
        var document = X12Samples.Read(X12Samples.Remittance + "\r\n-- ISA, end of file --\r\n" + second);

        Assert.Equal(["835", "271"], document.Sets.Select(set => set.Type));
        Assert.Equal(["outside", "outside"], document.Codes());
        Assert.Equal(X12Samples.Read(X12Samples.Remittance).Pieces.Count + X12Samples.Read(X12Samples.Eligibility).Pieces.Count,
            document.Pieces.Count(p => p.Kind == PieceKind.Segment));
    }

    [Fact]
    public void A_problem_says_segment_and_place()
    {
        var text = X12Samples.Remittance.ReplaceLineEndings("").Replace("SE*23", "SE*24", StringComparison.Ordinal);
        var problem = Assert.Single(X12Samples.Read(text).Problems);

        Assert.Equal((ProblemLevel.Envelope, "SE01-count", 25L, "SE", 1),
            (problem.Level, problem.Code, problem.Segment, problem.SegmentId, problem.Element));
        Assert.Equal(text.IndexOf("SE*24", StringComparison.Ordinal), problem.Offset);
        Assert.Equal("SE01 says 24, but there are 23 segments from ST to SE.", problem.Sentence);
    }

    [Theory]
    [InlineData("SE*23*0001", "SE*23*0002", "SE02-ST02")]
    [InlineData("GE*1*2", "GE*2*2", "GE01-count")]
    [InlineData("GE*1*2", "GE*1*3", "GE02-GS06")]
    [InlineData("IEA*1*", "IEA*2*", "IEA01-count")]
    [InlineData("IEA*1*000000002", "IEA*1*000000003", "IEA02-ISA13")]
    [InlineData("SE*23*0001~", "", "SE-missing", "segment-missing")]
    [InlineData("GE*1*2~", "", "GE-missing")]
    [InlineData("IEA*1*000000002~", "", "IEA-missing")]
    [InlineData("IEA*1*000000002~", "IEA*1*000000002", "cut-off")]
    [InlineData("005010X221A1", "005010X999", "guide-unknown")]
    [InlineData("GS*HP", "GS*HC", "GS01")]
    [InlineData("*00501*", "*00400*", "version-4010")]
    [InlineData("*260102*0304*^", "*261302*0304*^", "ISA09")]
    [InlineData("LX*1~", "LX*1~~", "segment-empty")]
    public void Each_fault_of_an_envelope_has_its_code(string from, string to, params string[] codes)
    {
        Assert.Contains(from, X12Samples.Remittance, StringComparison.Ordinal);
        Assert.Equal(codes, X12Samples.Read(X12Samples.Remittance.Replace(from, to, StringComparison.Ordinal))
            .Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Version_4010_is_told_in_words_and_its_sums_are_judged()
    {
        var text = X12Samples.Remittance.Replace("005010X221A1", "004010X091A1", StringComparison.Ordinal)
            .Replace("*^*00501*", "*U*00401*", StringComparison.Ordinal)
            .Replace("PER*BL*TEST DESK*TE*5555550100~\n", "", StringComparison.Ordinal).Replace("SE*23", "SE*22", StringComparison.Ordinal)
            .Replace("BPR*I*118.5", "BPR*I*118.4", StringComparison.Ordinal);
        var document = X12Samples.Read(text);

        Assert.Equal(["835-check-balance"], document.Codes());
        Assert.Contains(document.Problems, problem => problem.Sentence.Contains("version 4010", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ISA")]
    [InlineData("Dear payer, please find attached ISA and GS.")]
    [InlineData("{\"resourceType\":\"Patient\"}")]
    public void What_is_no_X12_is_said_to_be_none(string text) => Assert.Contains("not-x12", X12Samples.Read(text).Codes());

    [Fact]
    public void An_ISA_with_blanks_cut_off_is_read_by_counting_and_said()
    {
        var document = X12Samples.Read(X12Samples.Eligibility.Replace("PAYER          *", "PAYER*", StringComparison.Ordinal));

        Assert.Equal(["ISA-length"], document.Codes());
        Assert.Equal("271", document.Sets.Single().Guide?.Key);
    }

    [Fact]
    public async Task A_pipe_is_read_as_a_file_is()
    {
        var pipe = new Pipe();
        var segments = new List<string>();
        var reader = new SegmentReader(pipe.Reader.AsStream());
        foreach (var part in X12Samples.Bytes(X12Samples.Remittance).Chunk(7))
        {
            await pipe.Writer.WriteAsync(part);
        }

        await pipe.Writer.CompleteAsync();
        while (await reader.ReadAsync() is { } segment)
        {
            segments.Add(segment.Id);
        }

        Assert.Equal(X12Samples.Read(X12Samples.Remittance).Pieces.Select(piece => piece.Id), segments);
    }

    /// <summary>One set of one claim after the other: what is held at any time is one claim.</summary>
    [Theory]
    [InlineData("CLP*", "PLB*", X12Samples.Remittance)]
    [InlineData("HL*2*", "SE*", X12Samples.Professional)]
    public void The_memory_does_not_grow_with_the_file(string from, string to, string text)
    {
        var (begin, end) = (text.IndexOf(from, StringComparison.Ordinal), text.IndexOf(to, StringComparison.Ordinal));
        const int Times = 20_000;
        var stream = new RepeatingStream(X12Samples.Bytes(text[..begin]), X12Samples.Bytes(text[begin..end]), Times, X12Samples.Bytes(text[end..]));
        var counting = new Counting();
        InterchangeReader.Read(stream, counting);

        Assert.Equal(Times, counting.Claims);
        Assert.InRange(counting.MostHeld, 1, 200);
    }

    private sealed class Counting : X12Handler
    {
        public int Claims { get; private set; }

        public int MostHeld { get; private set; }

        public override void OnLoop(TransactionSet set, Loop loop)
        {
            if (loop.Id is "2100" or "2300")
            {
                Claims++;
                MostHeld = Math.Max(MostHeld, Held(set.Root!));
            }
        }

        private static int Held(Loop loop) => loop.Segments.Count + loop.Loops.Sum(Held);
    }

    private sealed class RepeatingStream(byte[] head, byte[] body, int times, byte[] tail) : Stream
    {
        private ReadOnlyMemory<byte> rest = head;
        private int given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (rest.IsEmpty && given <= times)
            {
                given++;
                rest = given <= times ? body : tail;
            }

            var taken = rest[..Math.Min(count, rest.Length)];
            taken.Span.CopyTo(buffer.AsSpan(offset));
            rest = rest[taken.Length..];
            return taken.Length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Amounts are read without the framework; what it reads, and what it does not, is the same.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("118.5")]
    [InlineData("-0.01")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("+1")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("1,000")]
    [InlineData("000000000000000001")]
    [InlineData("999999999999999999")]
    [InlineData("-12345678901234.5678")]
    [InlineData("1234567890123456789")]
    [InlineData("123456789012345678901")]
    public void An_amount_is_what_it_says(string text)
    {
        var amount = X12Samples.Read(X12Samples.Remittance.Replace("BPR*I*118.5*", $"BPR*I*{text}*", StringComparison.Ordinal)).Sets.Single().Root!.Find("BPR")!;
        decimal? expected = text.Length <= 20 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

        Assert.Equal(expected, amount.Decimal(2));
        Assert.Equal(expected?.ToString(CultureInfo.InvariantCulture).TrimStart('-'), amount.Decimal(2)?.ToString(CultureInfo.InvariantCulture).TrimStart('-'));
    }
}
