using System.Text.RegularExpressions;
using Modular.Host.Pdf;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Paper;

/// <summary>Pages of files: split, turned, and what is refused before it is kept.</summary>
public sealed class PagesOfFileTests
{
    private static PagesOfFile Read(byte[] bytes) => new(bytes, "fax.pdf");

    [Fact]
    public void A_part_of_a_file_has_its_pages_alone_turned_beside_what_the_file_says()
    {
        var (made, type) = Read(Papers.Pdf("Ada", "Bea", "Cora")).Make([new(2, 90), new(3, 0)]);

        var text = Papers.Text(made);
        Assert.Equal(("application/pdf", 2), (type, Read(made).Pages));
        Assert.DoesNotContain("(Ada)", text);
        Assert.Contains("(Bea)", text);
        Assert.Contains("(Cora)", text);
        // The file turns all its pages by 90 already.
        Assert.Equal(["180", "90"], Regex.Matches(text, @"/Rotate (\d+)").Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void A_file_that_nobody_changed_and_that_does_nothing_by_itself_is_filed_to_the_byte()
    {
        var file = Papers.Pdf("Ada", "Bea");

        Assert.Same(file, Read(file).Make([new(1, 0), new(2, 0)]).Bytes);
        Assert.NotSame(file, Read(file).Make([new(1, 0)]).Bytes);
        Assert.NotSame(file, Read(file).Make([new(1, 0), new(2, 180)]).Bytes);
    }

    [Fact]
    public void A_written_file_says_rightly_where_its_objects_are()
    {
        var text = Papers.Text(Read(Papers.Pdf("Ada", "Bea")).Make([new(2, 0)]).Bytes);

        var places = Regex.Matches(text, @"^(\d{10}) 00000 n", RegexOptions.Multiline).Select(m => int.Parse(m.Groups[1].Value)).ToList();
        Assert.All(places.Select((at, i) => (at, Number: i + 1)), x => Assert.StartsWith($"{x.Number} 0 obj\n", text[x.at..]));
        Assert.StartsWith("xref\n", text[int.Parse(Regex.Match(text, @"startxref\n(\d+)").Groups[1].Value)..]);
    }

    [Fact]
    public void Packed_objects_are_read()
    {
        var content = Read(Papers.Packed("Ada"));

        Assert.Equal((1, true), (content.Pages, content.Wide(1)));
        Assert.Contains("Ada", Papers.Text(content.Make([new(1, 90)]).Bytes));
    }

    [Fact]
    public void Of_an_object_that_was_updated_the_later_is_meant()
    {
        byte[] updated = [.. Papers.Pdf("Ada"), .. Papers.Latin("11 0 obj<</Length 3>>stream\nBea\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF")];

        Assert.Contains("Bea", Papers.Text(Read(updated).Make([new(1, 90)]).Bytes));
    }

    [Theory]
    [InlineData(1, false, 90)]
    [InlineData(6, true, 180)] // the phone lay on its side
    public void A_turned_picture_becomes_a_page_that_every_viewer_turns(int upright, bool wide, int turn)
    {
        var picture = new PagesOfFile(Papers.Jpeg(300, 400, upright), "card.jpg");
        var (made, type) = picture.Make([new(1, 90)]);

        Assert.Equal((wide, "application/pdf", 1), (picture.Wide(1), type, Read(made).Pages));
        Assert.Contains($"/Rotate {turn} ", Papers.Text(made));
        Assert.Contains("/DCTDecode", Papers.Text(made));
        Assert.Equal("image/jpeg", picture.Make([new(1, 0)]).Type);
    }

    [Theory]
    [InlineData(0, "/DeviceGray")]
    [InlineData(2, "/DeviceRGB")]
    [InlineData(6, "/DeviceRGB")]
    public void Every_kind_of_png_can_be_turned(int kind, string colors)
    {
        var made = new PagesOfFile(Papers.Png(4, 3, kind), "scan.png").Make([new(1, 270)]).Bytes;

        Assert.Equal(1, Read(made).Pages);
        Assert.Contains(colors, Papers.Text(made));
    }

    public static TheoryData<string, byte[], string> Refused { get; } = new()
    {
        { "a zip", [.. "PK\u0003\u0004"u8, 1, 2, 3, 4], "not a PDF, TIFF, JPEG or PNG" },
        { "a page", Papers.Latin("<html><script>alert(1)</script>"), "not a PDF, TIFF, JPEG or PNG" },
        { "half a TIFF", [.. "II*\0"u8, 8, 0, 0, 0], "damaged" },
        { "a locked file", Papers.Latin(Papers.Text(Papers.Pdf("Ada")).Replace("/Size 99", "/Size 99/Encrypt 3 0 R")), "password" },
        { "501 pages", Papers.Pdf([.. Enumerable.Repeat("Ada", 501)]), "more than 500 pages" },
        { "ten thousand pages", Papers.Pdf([.. Enumerable.Repeat("A", 10_000)]), "more than 500 pages" },
        { "half a file", Papers.Pdf("Ada", "Bea")[..600], "damaged" },
        { "a ring of pages", Papers.Latin(Papers.Text(Papers.Pdf("Ada")).Replace("/Kids[10 0 R]", "/Kids[2 0 R]")), "damaged" },
        { "a thousand brackets", [.. "%PDF-1.4\n1 0 obj "u8, .. Enumerable.Repeat((byte)'[', 100_000)], "damaged" },
        { "no pages", Papers.Pdf(), "no page" },
        { "a packed bomb", Papers.Latin(Papers.Text(Bomb())), "damaged" },
        { "a picture bomb", Papers.Png(60_000, 60_000, lines: [1]), "too large" },
        { "a wide picture bomb", Papers.Png(2_000_000_000, 1, lines: [1]), "too large" },
        { "a short picture", Papers.Png(100, 100, lines: Papers.Flate(new byte[50])), "damaged" },
        { "an interlaced picture", Papers.Png(4, 4, interlaced: 1), "damaged" },
        { "half a JPEG", Papers.Jpeg(300, 400)[..40], "damaged" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_shown_is_refused_with_a_sentence(string what, byte[] bytes, string why)
    {
        var refused = Assert.Throws<FileRefusedException>(() => new PagesOfFile(bytes, $"{what}.pdf"));

        Assert.Contains(why, refused.Message);
        Assert.Contains($"{what}.pdf", refused.Message);
    }

    /// <summary>A hundred megabytes of nothing in a hundred kilobytes of packed objects.</summary>
    private static byte[] Bomb()
    {
        var body = Papers.Flate(new byte[100_000_000]);
        return [.. Papers.Latin($"%PDF-1.5\n5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {body.Length}>>stream\n"), .. body, .. "\nendstream endobj\ntrailer<</Root 1 0 R>>"u8];
    }
}
