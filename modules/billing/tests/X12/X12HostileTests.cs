using FsCheck;
using FsCheck.Fluent;
using Modular.Billing.X12;

namespace Modular.Tests.Billing.X12;

/// <summary>Whatever the bytes are: no exception, an end, every byte kept. A tenth of the 10,000 files that tests/Benchmarks asks for.</summary>
public sealed class X12HostileTests
{
    private static readonly int Files = int.TryParse(Environment.GetEnvironmentVariable("MODULAR_MUTATIONS"), out var files) ? files : 1_000;

    [Fact]
    public void Mutated_files_are_read_to_their_end_and_kept_byte_for_byte()
    {
        var samples = X12Samples.Own.Values.Select(X12Samples.Bytes).ToArray();
        var random = new Random(837_835);
        for (var i = 0; i < Files; i++)
        {
            var bytes = samples[i % samples.Length];
            for (var changes = random.Next(1, 12); changes > 0; changes--)
            {
                bytes = Mutate(bytes, samples[random.Next(samples.Length)], random);
            }

            Keeps(bytes);
        }
    }

    [Fact]
    public void Any_bytes_are_kept() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Keeps(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_within_a_set_are_kept() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        var at = X12Samples.Professional.IndexOf("CLM*", StringComparison.Ordinal);
        return Keeps([.. X12Samples.Bytes(X12Samples.Professional[..at]), .. bytes, .. X12Samples.Bytes(X12Samples.Professional[at..])]);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("A")]
    [InlineData("~")]
    [InlineData("*")]
    [InlineData("\n")]
    [InlineData("ISA")]
    [InlineData("ISA*00*")]
    [InlineData("HL*1**20*1~")]
    [InlineData("CAS*CO*45*1*1*45*1*1*45*1~")]
    [InlineData("LX*1~SV1*HC:1*1*UN*1***1~")]
    public void Millions_of_the_same_neither_hang_nor_stay(string part)
    {
        var text = X12Samples.Professional;
        var at = text.IndexOf("LX*1", StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Repeat(part, 3_000_000 / part.Length));
        var counting = new Counting();
        InterchangeReader.Read(new MemoryStream(X12Samples.Bytes(text[..at] + many + text[at..])), counting);

        Assert.Equal(text.Length + many.Length, counting.Bytes);
        Assert.InRange(counting.LargestPiece, 1, 2 * SegmentReader.LongestSegment);
    }

    private static byte[] Mutate(byte[] bytes, byte[] other, Random random)
    {
        if (bytes.Length < 2)
        {
            return other;
        }

        var (at, length) = (random.Next(bytes.Length), random.Next(1, 60));
        var end = Math.Min(bytes.Length, at + length);
        var odd = "*:~^ISAGSTE-.0\n\0\u00e4"u8;
        return random.Next(8) switch
        {
            0 => [.. bytes[..at], odd[random.Next(odd.Length)], .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], odd[random.Next(odd.Length)], .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => bytes[..at],
            5 => [.. bytes[..at], .. other[random.Next(other.Length)..]],
            6 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], .. Enumerable.Repeat(bytes[at], random.Next(1, 300)), .. bytes[at..]],
        };
    }

    private static bool Keeps(byte[] bytes)
    {
        var document = X12Document.Read(bytes);
        Assert.Equal(bytes, document.Pieces.SelectMany(piece => piece.Raw.ToArray()));
        var at = 0L;
        foreach (var piece in document.Pieces)
        {
            Assert.Equal(at, piece.Start);
            at += piece.Raw.Length;
        }

        var segments = document.Pieces.Count(piece => piece.Kind == PieceKind.Segment);
        Assert.All(document.Problems, problem =>
        {
            Assert.InRange(problem.Segment, 0, segments);
            Assert.InRange(problem.Offset, 0, Math.Max(0, bytes.Length));
            Assert.True(problem.Code.Length > 0 && problem.Sentence.EndsWith('.'), problem.Sentence);
        });
        return true;
    }

    private sealed class Counting : X12Handler
    {
        public long Bytes { get; private set; }

        public int LargestPiece { get; private set; }

        public override void OnPiece(Segment piece)
        {
            Bytes += piece.Raw.Length;
            LargestPiece = Math.Max(LargestPiece, piece.Raw.Length);
        }
    }
}
