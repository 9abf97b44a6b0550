using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using BitMiracle.LibTiff.Classic;
using Modular.Host.Codes;
using Modular.Host.Pdf;
using Modular.Host.Printing;
using Modular.Sdk;
using Modular.Tests.Codes;
using Modular.Tests.Harness;
using PdfText = Modular.Tests.Harness.PdfText;

namespace Modular.Tests.Paper;

/// <summary>Files of pages become one, and something is written upon their pages.</summary>
public sealed partial class JoinTests
{
    private static readonly PdfFiles Files = new();

    [Fact]
    public void Files_of_every_kind_become_one_in_their_order_and_as_upright_as_each_says()
    {
        PageFile[] files =
        [
            Files.Read(Papers.Pdf("Ada", "Bea"), "report.pdf"), Files.Read(Papers.Png(4, 3), "card.png"), Files.Read(Papers.Jpeg(300, 400, upright: 6), "photo.jpg"),
            Files.Read(Faxes.Tiff(new Sheet(), new Sheet(Compression.NONE)), "fax.tif"), Files.Read(Printed("Cora"), "letter.pdf"),
        ];

        var joined = Files.Join("Records", files);

        var all = new PdfPages(new PdfObjects(joined), 100).All;
        Assert.Equal([.. files.SelectMany(f => ((PagesOfFile)f).ToPdf().All.Select(p => (p.Turn, p.Wide)))], all.Select(p => (p.Turn, p.Wide)));
        var text = Papers.Text(joined);
        Assert.True(text.IndexOf("(Ada)", StringComparison.Ordinal) < text.IndexOf("(Bea)", StringComparison.Ordinal));
        Assert.Contains("<FEFF005200650063006F007200640073>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("JavaScript", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stamp_stands_at_the_same_place_of_every_page_as_it_is_shown_however_its_sheet_lies()
    {
        var asked = new List<JoinedPage>();
        var stamped = Files.Join("Records", [Files.Read(Lying(0), "a.pdf"), Files.Read(Lying(90), "b.pdf"), Files.Read(Lying(180), "c.pdf"), Files.Read(Lying(270), "d.pdf")], page =>
        {
            asked.Add(page);
            return new Label().Text("Copy", 20, 10, 40, 6);
        });

        // 300 × 200 points of the sheet are shown, from its corner at 10 and 20 on.
        Assert.Equal([(1, 4, 105.8, 70.6), (2, 4, 70.6, 105.8), (3, 4, 105.8, 70.6), (4, 4, 70.6, 105.8)],
            asked.Select(p => (p.Number, p.Of, Math.Round(p.Width, 1), Math.Round(p.Height, 1))));
        var places = Streams(stamped).Select(s => Place().Match(s)).Where(m => m.Success).Select(Seen).ToList();
        Assert.Equal(4, places.Count);
        Assert.All(places.Zip(asked), x =>
        {
            Assert.Equal(20 * Labels.Point, x.First.Left, 0.1);
            // The letters stand on a line below the upper edge of their box.
            Assert.InRange(x.First.Top, 10 * Labels.Point, 16 * Labels.Point);
        });
    }

    [Fact]
    public void A_print_of_our_own_keeps_its_letters_under_a_stamp_and_under_a_second_one()
    {
        static Label Stamp(JoinedPage page) => new Label().Text($"Seite {page.Number} von {page.Of}", 5, 5, 60, 6);

        var once = Files.Join("Records", [Files.Read(Printed("Nguyễn"), "letter.pdf"), Files.Read(Printed("Łukasik"), "letter.pdf")], Stamp);
        var twice = Files.Join("Records", [Files.Read(once, "records.pdf")], Stamp);

        Assert.Equal(["NguyễnSeite1von2", "ŁukasikSeite2von2"], PdfText.Pages(once).Select(p => PdfText.Squeeze(p.Text)));
        Assert.Equal(["NguyễnSeite1von2Seite1von2", "ŁukasikSeite2von2Seite2von2"], PdfText.Pages(twice).Select(p => PdfText.Squeeze(p.Text)));
    }

    [Fact]
    public async Task A_stamped_code_is_read_by_a_scanner()
    {
        var stamped = Files.Join("Records", [Files.Read(Printed("Ada"), "letter.pdf")], _ => new Label().Code(CodeKind.Code128, "10042", 100, 20, 60, 15));

        Assert.Equal("10042", await Photos.ReadAsync(Photos.Of(stamped, dots: 4)));
    }

    [Fact]
    public void What_cannot_be_written_or_read_is_said_in_a_sentence()
    {
        var letter = Files.Read(Printed("Ada"), "letter.pdf");

        Assert.Contains("cannot be printed", Assert.Throws<LabelRefusedException>(() => Files.Join("x", [letter], _ => new Label().Text("王", 5, 5, 20, 5))).Message);
        Assert.Contains("does not fit", Assert.Throws<LabelRefusedException>(() => Files.Join("x", [letter], _ => new Label().Text("a long word", 5, 5, 2, 2))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Files.Join("x", []));
        Assert.Contains("notes.txt is not a PDF", Assert.Throws<FileRefusedException>(() => Files.Read("Ada"u8.ToArray(), "notes.txt")).Message);
    }

    [Fact]
    public void A_form_that_is_printed_already_gets_each_text_on_its_millimetre()
    {
        var form = new Labels().Pdf("Form", LabelSheet.LetterPage, [new Label().Text("X", 50.8, 101.6, 10, 6).Text("10042", 127, 25.4, 40, 6)]);

        var places = Place().Matches(Streams(form).First(s => s.Contains(" Tf ", StringComparison.Ordinal)));
        Assert.Equal(["144", "360"], places.Select(m => m.Groups[7].Value));
        Assert.Equal((612, 792), PdfText.Pages(form).Select(p => (p.Width, p.Height)).Single());
    }

    private static byte[] Printed(string text)
    {
        var stack = new PdfStack(PdfFonts.Installed!, "letter", null);
        stack.Add(new HtmlParser().ParseDocument($"<p>{text}</p>").Body!);
        return stack.Save("Letter", "en");
    }

    private static byte[] Lying(int turn) => Papers.Latin(
        $"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/CropBox[10 20 310 220]/Rotate {turn}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");

    private static List<string> Streams(byte[] file) => [.. Packed().Matches(Encoding.Latin1.GetString(file)).Select(m =>
    {
        using var zip = new System.IO.Compression.ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(m.Groups[1].Value)), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.Latin1);
        return text.ReadToEnd();
    })];

    /// <summary>Where a reader sees what stands at a place of the sheet, from the corner of what is shown.</summary>
    private static (double Left, double Top) Seen(Match place)
    {
        double N(int group) => double.Parse(place.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
        var (x, y) = ((N(1) * N(7)) + (N(3) * N(8)) + N(5), (N(2) * N(7)) + (N(4) * N(8)) + N(6));
        var (right, up) = (x - 10, y - 20);
        return (N(1), N(2)) switch
        {
            (1, 0) => (right, 200 - up),
            (0, 1) => (up, right),
            (-1, 0) => (300 - right, up),
            _ => (200 - up, 300 - right),
        };
    }

    [GeneratedRegex(@"(?:q ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) cm\n)?BT [\d.]+ g /\w+ [\d.]+ Tf ([\d.]+) ([\d.]+) Td")]
    private static partial Regex Place();

    [GeneratedRegex("stream\n(.*?)\nendstream", RegexOptions.Singleline)]
    private static partial Regex Packed();
}
