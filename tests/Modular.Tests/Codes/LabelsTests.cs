using Modular.Host.Codes;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Codes;

/// <summary>Labels as a PDF: read back as text, and their codes as a scanner reads them.</summary>
public sealed class LabelsTests
{
    private static readonly Labels Printer = new();

    private static byte[] Print(LabelSheet sheet, int labels, int first = 1, string name = "Nguyễn-Łukasik, Inés") =>
        Printer.Pdf("Label", sheet, [.. Enumerable.Repeat(new Label().Text(name, 2, 2, 40, 6, bold: true).Code(CodeKind.Code128, "N-1001", 2, 10, sheet.LabelWidth - 4, 8), labels)], first);

    [Theory]
    [InlineData(CodeKind.Code128, "N-10023", 0)]
    [InlineData(CodeKind.Code128, "100234567", 90)]
    [InlineData(CodeKind.Qr, "https://example.org/supply/żółć?lot=A7", 0)]
    [InlineData(CodeKind.Qr, "N-10023", 30)]
    [InlineData(CodeKind.DataMatrix, "N-10023", 0)]
    [InlineData(CodeKind.DataMatrix, "010031234567890617270228", 180)]
    public async Task A_printed_code_reads_as_what_it_was_made_of(CodeKind kind, string text, int turned)
    {
        var label = new Label().Code(kind, text, 2, 2, 56, 26);

        Assert.Equal(text, await Photos.ReadAsync(Photos.Of(Printer.Pdf("Label", LabelSheet.Roll60By30, [label]), turned: turned)));
    }

    [Fact]
    public void A_roll_has_a_page_for_each_label_of_its_very_size()
    {
        var pages = PdfText.Pages(Print(LabelSheet.Roll60By30, 3));

        Assert.Equal(3, pages.Count);
        Assert.All(pages, p => Assert.Equal(("Nguyễn-Łukasik,Inés", 60, 30), (PdfText.Squeeze(p.Text), Math.Round(p.Width / 72 * 25.4, 1), Math.Round(p.Height / 72 * 25.4, 1))));
    }

    public static TheoryData<string> Sheets => [.. LabelSheet.Known.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Sheets))]
    public void Every_label_of_a_known_sheet_lies_on_the_paper_and_beside_the_others(string id)
    {
        var sheet = LabelSheet.Find(id)!;

        Assert.True(sheet.Across >= sheet.LabelWidth && sheet.Down >= sheet.LabelHeight - 1e-9);
        Assert.InRange(sheet.Left + ((sheet.Columns - 1) * sheet.Across) + sheet.LabelWidth, 0, sheet.Width + 0.001);
        Assert.InRange(sheet.Top + ((sheet.Rows - 1) * sheet.Down) + sheet.LabelHeight, 0, sheet.Height + 0.001);
        // Sheets are even: what is left of the paper is the same on both sides.
        Assert.Equal(sheet.Left, sheet.Width - (sheet.Left + ((sheet.Columns - 1) * sheet.Across) + sheet.LabelWidth), 1);
        Assert.Equal(sheet.Top, sheet.Height - (sheet.Top + ((sheet.Rows - 1) * sheet.Down) + sheet.LabelHeight), 1);
    }

    [Fact]
    public void Labels_fill_a_sheet_from_the_place_that_is_free_and_go_on_with_the_next_sheet()
    {
        var sheet = LabelSheet.Find("letter-30")!;

        var pages = PdfText.Bars(Print(sheet, 4, first: 29));

        // The first label of each row of bars: two at the end of the first sheet, two at the beginning of the second.
        var at = pages.Select(bars => bars.Select(b => (Column: (int)(b.Left / 72 * 25.4 / sheet.Across), Row: (int)((b.Top / 72 * 25.4) - sheet.Top) / 25)).Distinct().ToList()).ToList();
        Assert.Equal([(1, 9), (2, 9)], at[0]);
        Assert.Equal([(0, 0), (1, 0)], at[1]);
        Assert.All(pages[1], b => Assert.Equal(sheet.Top + 10, b.Top / 72 * 25.4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Print(sheet, 1, first: 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => Print(sheet, 1, first: 0));
    }

    [Theory]
    [InlineData("Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine")]
    [InlineData("María del Carmen de los Ángeles Fernández y García de la Vega Montenegro")]
    public void A_long_name_is_set_smaller_and_nothing_of_it_is_cut_off(string name) =>
        Assert.Equal(PdfText.Squeeze(name), PdfText.Squeeze(Assert.Single(PdfText.Pages(Print(LabelSheet.Roll60By30, 1, name: name))).Text));

    [Theory]
    [InlineData("王小明", "王 小 明")]
    [InlineData("محمد", "م ح د")]
    [InlineData("अमित", "अ म ि त")]
    public void Letters_that_cannot_be_printed_are_named_instead_of_boxes(string name, string letters) =>
        Assert.Contains($"cannot be printed on a label: {letters}.", Assert.Throws<LabelRefusedException>(() => Print(LabelSheet.Roll60By30, 1, name: name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(CodeKind.Code128, "Ñ-1", "cannot hold the “Ñ”")]
    [InlineData(CodeKind.DataMatrix, "€5", "cannot hold the “€”")]
    [InlineData(CodeKind.Code128, "", "nothing to make a code of")]
    [InlineData(CodeKind.Code128, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst", "too fine for a scanner")]
    [InlineData(CodeKind.Qr, "x*3000", "too long for a code")]
    public void A_code_that_no_scanner_could_read_is_refused_with_a_sentence(CodeKind kind, string text, string said)
    {
        text = text == "x*3000" ? new string('x', 3000) : text;

        var refused = Assert.Throws<LabelRefusedException>(() => Printer.Pdf("Label", LabelSheet.Roll60By30, [new Label().Code(kind, text, 2, 2, 56, 26)]));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_does_not_fit_and_a_server_without_a_font_are_said()
    {
        var label = new Label().Text(string.Concat(Enumerable.Repeat("word ", 200)), 2, 2, 20, 5);

        Assert.Contains("does not fit on this label", Assert.Throws<LabelRefusedException>(() => Printer.Pdf("Label", LabelSheet.Roll60By30, [label])).Message, StringComparison.Ordinal);
        Assert.Contains("no font on the server", Assert.Throws<LabelRefusedException>(() => new Labels(() => null).Pdf("Label", LabelSheet.Roll60By30, [label])).Message, StringComparison.Ordinal);
    }
}
