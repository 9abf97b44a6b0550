using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using BitMiracle.LibTiff.Classic;
using FsCheck;
using FsCheck.Fluent;
using Modular.Host.Pdf;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Paper;

/// <summary>Faxes and scans in TIFF become pages that every browser shows, and lose nothing on the way.</summary>
public sealed class TiffTests
{
    private static PagesOfFile Read(byte[] bytes) => new(bytes, "fax.tif");

    [Theory]
    [InlineData(Compression.CCITTFAX4, Group3Opt.UNKNOWN, "/K -1 ")]
    [InlineData(Compression.CCITTFAX3, Group3Opt.UNKNOWN, "/K 0 ")]
    [InlineData(Compression.CCITTFAX3, Group3Opt.ENCODING2D, "/K 1 ")]
    [InlineData(Compression.CCITTFAX3, Group3Opt.FILLBITS, "/K 0 ")]
    public void A_fax_is_carried_over_as_it_was_sent(Compression packing, Group3Opt lines, string kind)
    {
        var sent = Faxes.Tiff(new Sheet(packing) { Lines = lines });

        var (made, type) = Read(sent).Make();

        Assert.Equal("application/pdf", type);
        Assert.Contains("/CCITTFaxDecode", Papers.Text(made));
        Assert.Contains(kind, Papers.Text(made));
        Assert.Equal(Faxes.Strip(sent), Picture(made));
    }

    [Fact]
    public void A_fax_whose_bits_stand_the_other_way_round_is_the_same_page()
    {
        var (one, other) = (Faxes.Tiff(new Sheet()), Faxes.Tiff(new Sheet { Order = FillOrder.LSB2MSB }));

        Assert.NotEqual(Faxes.Strip(one), Faxes.Strip(other));
        Assert.Equal(Picture(Read(one).Make().Bytes), Picture(Read(other).Make().Bytes));
    }

    [Theory]
    [InlineData(204, 98, 1728, 1078)] // standard
    [InlineData(204, 196, 1728, 2156)] // fine
    [InlineData(300, 300, 2550, 3300)]
    public void Dots_that_are_not_square_make_a_page_of_the_right_shape(double across, double down, int width, int height)
    {
        var made = Papers.Text(Read(Faxes.Tiff(new Sheet(Compression.CCITTFAX4, width, height, across, down))).Make().Bytes);

        var box = Regex.Match(made, @"/MediaBox \[0 0 ([\d.]+) ([\d.]+) \]");
        Assert.InRange(double.Parse(box.Groups[1].Value, CultureInfo.InvariantCulture), 608, 613);
        Assert.InRange(double.Parse(box.Groups[2].Value, CultureInfo.InvariantCulture), 790, 794);
    }

    [Theory]
    [InlineData(Compression.NONE, 1, 1, Photometric.MINISWHITE)]
    [InlineData(Compression.NONE, 8, 3, Photometric.RGB)]
    [InlineData(Compression.PACKBITS, 1, 1, Photometric.MINISBLACK)]
    [InlineData(Compression.LZW, 8, 1, Photometric.MINISBLACK)]
    [InlineData(Compression.LZW, 8, 3, Photometric.RGB)]
    [InlineData(Compression.ADOBE_DEFLATE, 8, 3, Photometric.RGB)]
    [InlineData(Compression.DEFLATE, 4, 1, Photometric.MINISWHITE)]
    [InlineData(Compression.CCITTFAX4, 1, 1, Photometric.MINISWHITE)]
    public void Every_other_packing_is_packed_anew_without_loss(Compression packing, int bits, int samples, Photometric colors)
    {
        var sheet = new Sheet(packing, 336, 220, 300, 300) { Bits = bits, Samples = samples, Colors = colors, Rows = 50 };

        var made = Read(Faxes.Tiff(sheet)).Make().Bytes;

        Assert.Contains(samples == 3 ? "/DeviceRGB" : "/DeviceGray", Papers.Text(made));
        Assert.Contains($"/BitsPerComponent {bits} ", Papers.Text(made));
        Assert.Contains(colors == Photometric.MINISWHITE ? "/Decode [1 0 ]" : "/Decode [0 1 ", Papers.Text(made));
        Assert.Equal(sheet.Dots, Inflated(Picture(made)));
    }

    [Theory]
    [InlineData(Compression.JPEG, 3, Photometric.YCBCR)]
    [InlineData(Compression.JPEG, 1, Photometric.MINISBLACK)]
    [InlineData(Compression.LZW, 1, Photometric.PALETTE)]
    public void A_color_scan_shows_the_colors_it_has(Compression packing, int samples, Photometric colors)
    {
        var sheet = new Sheet(packing, 320, 240, 300, 300) { Bits = 8, Samples = samples, Colors = colors };

        var dots = Inflated(Picture(Read(Faxes.Tiff(sheet)).Make().Bytes));

        var expected = colors == Photometric.PALETTE ? [.. sheet.Dots.SelectMany(d => (byte[])[d, d, d])] : sheet.Dots;
        Assert.Equal(expected.Length, dots.Length);
        Assert.True(expected.Zip(dots).Average(d => Math.Abs(d.First - d.Second)) < 12, "The colors are others.");
    }

    [Fact]
    public void Pages_of_a_fax_are_split_turned_and_left_out_like_those_of_a_pdf()
    {
        var fax = Read(Faxes.Tiff(new Sheet(), new Sheet(Compression.CCITTFAX3), new Sheet(Compression.LZW, 3300, 2550, 300, 300) { Turned = Orientation.RIGHTTOP }));

        Assert.Equal(("image/tiff", 3), (fax.Type, fax.Pages));
        Assert.Equal([false, false, false], new[] { fax.Wide(1), fax.Wide(2), fax.Wide(3) });
        var (made, type) = fax.Make([new(2, 270), new(3, 90)]);
        Assert.Equal("application/pdf", type);
        Assert.Equal(2, new PagesOfFile(made, "part.pdf").Pages);
        Assert.Equal(["270", "180"], Regex.Matches(Papers.Text(made), @"/Rotate (\d+)").Select(m => m.Groups[1].Value));
        Assert.Equal(1, new PagesOfFile(fax.Show(new(1, 0)).Bytes, "page.pdf").Pages);
    }

    [Fact]
    public void A_fax_whose_line_was_disturbed_is_taken_as_it_came()
    {
        var sent = Faxes.Tiff(new Sheet(Compression.CCITTFAX3));
        var middle = sent.AsSpan().IndexOf(Faxes.Strip(sent)) + (Faxes.Strip(sent).Length / 2);
        (sent[middle], sent[middle + 1], sent[middle + 2]) = (0x5A, 0xA5, 0x13);
        var fax = Read(sent);

        fax.Prove();

        Assert.Equal(Faxes.Strip(sent), Picture(fax.Make().Bytes));
    }

    [Fact]
    public void A_small_picture_of_a_page_is_no_page() => Assert.Equal(1, Read(Faxes.Tiff(new Sheet(Width: 60, Height: 80) { Kind = FileType.REDUCEDIMAGE }, new Sheet())).Pages);

    public static TheoryData<string, byte[], string> Hostile { get; } = new()
    {
        { "nothing", [.. "II*\0"u8], "damaged" },
        { "no directory", [.. "II*\0"u8, 0, 0, 0, 0], "no page" },
        { "a directory outside", [.. "II*\0"u8, 0, 0, 0, 0x7F], "damaged" },
        { "a ring", Faxes.ByHand(8, Plain), "damaged" },
        { "a list outside", Faxes.ByHand(0, [.. Plain, (273, 4, 1000, 60), (279, 4, 1, 5)]), "damaged" },
        { "a list of four billion", Faxes.ByHand(0, [.. Plain, (273, 4, uint.MaxValue, 8)]), "damaged" },
        { "a strip of minus one", Faxes.ByHand(0, [.. Plain, (273, 4, 1, 8), (279, 4, 1, uint.MaxValue)]), "damaged" },
        { "a strip outside", Faxes.ByHand(0, [.. Plain, (273, 4, 1, 100_000), (279, 4, 1, 5)]), "damaged" },
        { "no strips", Faxes.ByHand(0, Plain), "damaged" },
        { "no width", Faxes.ByHand(0, (257, 3, 1, 10), (273, 4, 1, 8), (279, 4, 1, 5)), "damaged" },
        { "a bomb", Faxes.ByHand(0, (256, 4, 1, 60_000), (257, 4, 1, 60_000), (259, 3, 1, 4), (273, 4, 1, 8), (279, 4, 1, 5)), "too large" },
        { "a wide bomb", Faxes.ByHand(0, (256, 4, 1, int.MaxValue), (257, 4, 1, 1), (273, 4, 1, 8), (279, 4, 1, 5)), "too large" },
        { "a color bomb", Faxes.ByHand(0, (256, 4, 1, 10_000), (257, 4, 1, 10_000), (277, 3, 1, 4), (273, 4, 1, 8), (279, 4, 1, 5)), "too large" },
        { "a tile of a mile", Faxes.ByHand(0, [.. Plain, (322, 4, 1, 60_000), (323, 4, 1, 60_000), (324, 4, 1, 8), (325, 4, 1, 5)]), "too large" },
        { "a list of strips for all", Shared(), "damaged" },
        { "a short strip", Faxes.ByHand(0, [.. Plain, (273, 4, 1, 8), (279, 4, 1, 5)]), "damaged" },
        { "half a fax", Faxes.Tiff(new Sheet(Compression.LZW))[..600], "damaged" },
        { "many blank sheets", Blank(300), "too large" },
        { "501 pages", Blank(501, 8), "more than 500 pages" },
        { "ten thousand pages", Blank(10_000, 8), "more than 500 pages" },
    };

    private static (int, int, uint, uint)[] Plain => [(256, 3, 1, 100), (257, 3, 1, 100), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1)];

    /// <summary>Pages that all claim the same strip, of white lines: a letter sheet of 4,000 by 8,000 dots in a few bytes.</summary>
    private static byte[] Blank(int pages, int side = 8_000)
    {
        const int Length = 2 + (12 * 7) + 4;
        (int, int, uint, uint)[] entries = [(256, 3, 1, 4000), (257, 3, 1, (uint)side), (258, 3, 1, 1), (259, 3, 1, 4), (262, 3, 1, 0), (273, 4, 1, 0), (279, 4, 1, 4)];
        return [.. "II*\0"u8, 8, 0, 0, 0, .. Enumerable.Range(1, pages).SelectMany(n => Faxes.ByHand(n == pages ? 0 : (uint)(8 + (n * Length)), entries)[8..(8 + Length)])];
    }

    /// <summary>Hundreds of pages that all have the same list of a million strips.</summary>
    private static byte[] Shared()
    {
        const int Length = 2 + (12 * 7) + 4, Pages = 400, Strips = 1_000_000;
        var list = (uint)(8 + (Pages * Length));
        (int, int, uint, uint)[] entries = [.. Plain, (273, 4, Strips, list), (279, 4, Strips, list)];
        return [.. "II*\0"u8, 8, 0, 0, 0,
            .. Enumerable.Range(1, Pages).SelectMany(n => Faxes.ByHand(n == Pages ? 0 : (uint)(8 + (n * Length)), entries)[8..(8 + Length)]),
            .. Enumerable.Repeat<byte[]>([8, 0, 0, 0], Strips).SelectMany(b => b)];
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_tiff_that_is_made_to_harm_ends_in_a_sentence_soon(string what, byte[] bytes, string why)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var took = Stopwatch.StartNew();

        var refused = Assert.Throws<FileRefusedException>(() => new PagesOfFile(bytes, $"{what}.tif").Prove());

        Assert.Contains(why, refused.Message);
        Assert.Contains($"{what}.tif", refused.Message);
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600_000_000);
    }

    [Fact(DisplayName = "Law: a TIFF with bytes changed anywhere is shown or refused with a sentence, and nothing else happens")]
    public void Damage_is_answered_by_a_sentence()
    {
        byte[][] whole =
        [
            Faxes.Tiff(new Sheet(Height: 200), new Sheet(Compression.CCITTFAX3, Height: 150)), Faxes.Tiff(new Sheet(Compression.LZW, 300, 200) { Rows = 40 }),
            Faxes.Tiff(new Sheet(Compression.JPEG, 160, 120) { Bits = 8, Samples = 3, Colors = Photometric.YCBCR }),
            Faxes.Tiff(new Sheet(Compression.ADOBE_DEFLATE, 200, 100) { Bits = 8, Colors = Photometric.PALETTE }),
        ];
        Prop.ForAll(ArbMap.Default.ArbFor<(byte, ushort, byte)[]>(), changes =>
        {
            var bytes = (byte[])whole[changes.Length % whole.Length].Clone();
            foreach (var (where, at, value) in changes)
            {
                // The head, a directory at the end, or anywhere.
                bytes[where % 3 == 0 ? at % bytes.Length : where % 3 == 1 ? bytes.Length - 1 - (at % 300) : at % 16] = value;
            }

            try
            {
                var content = Read(bytes);
                content.Prove();
                return content.Make().Bytes.Length > 0;
            }
            catch (FileRefusedException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static byte[] Picture(byte[] pdf)
    {
        var image = Regex.Match(Papers.Text(pdf), @"/Subtype /Image .*?/Length (\d+) >>\nstream\n", RegexOptions.Singleline);
        var start = image.Index + image.Length;
        return pdf[start..(start + int.Parse(image.Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    private static byte[] Inflated(byte[] packed)
    {
        using var unpack = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        unpack.CopyTo(plain);
        return plain.ToArray();
    }
}
