using System.Globalization;
using System.Text;
using Modular.Host.Pdf;

namespace Modular.Host.Printing;

/// <summary>The letters and pictures that the pages of a file are drawn with; each is in the file once.</summary>
/// <param name="name">Begins the names of what is drawn with; on a page of a file from elsewhere no name may be there already.</param>
public sealed class PdfResources(PdfFonts fonts, string name = "Print")
{
    private readonly List<PdfPicture> pictures = [];
    private readonly SortedDictionary<int, int>[] used = [[], []]; // glyph → letter, regular and bold

    public PdfFonts Fonts => fonts;

    public string FontName(bool bold) => bold ? name + "Bold" : name;

    /// <summary>The text as glyphs in hexadecimal.</summary>
    public string Glyphs(string text, bool bold)
    {
        var (font, letters) = (bold ? fonts.Bold : fonts.Regular, used[bold ? 1 : 0]);
        var hex = new StringBuilder();
        foreach (var letter in text.EnumerateRunes().Where(letter => !PdfFonts.IsUnseen(letter)))
        {
            var glyph = font.Glyph(letter.Value);
            // The box of a letter that the font does not have must not read as the letter.
            letters.TryAdd(glyph, glyph == 0 ? 0xFFFD : letter.Value);
            hex.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    public string Name(PdfPicture picture)
    {
        var number = pictures.IndexOf(picture);
        if (number < 0)
        {
            number = pictures.Count;
            pictures.Add(picture);
        }

        return NameOf(number);
    }

    /// <summary>Once, when everything is drawn: then it is known which letters there are.</summary>
    public PdfDictionary WriteTo(PdfWriter file) => PdfWriter.Dictionary(
        ("Font", new PdfDictionary(new[] { false, true }.Where(bold => used[bold ? 1 : 0].Count > 0).ToDictionary(FontName, bold => (PdfValue)Font(file, bold)))),
        ("XObject", new PdfDictionary(pictures.Index().ToDictionary(p => NameOf(p.Index), p => (PdfValue)file.Add(PdfWriter.Stream(
            p.Item.Dots, ("Type", new PdfName("XObject")), ("Subtype", new PdfName("Image")), ("Width", PdfWriter.Number(p.Item.Width)),
            ("Height", PdfWriter.Number(p.Item.Height)), ("ColorSpace", new PdfName("DeviceRGB")), ("BitsPerComponent", PdfWriter.Number(8))))))));

    private string NameOf(int picture) => string.Create(CultureInfo.InvariantCulture, $"{name}Picture{picture}");

    private PdfReference Font(PdfWriter file, bool bold)
    {
        var (font, letters, called) = (bold ? fonts.Bold : fonts.Regular, used[bold ? 1 : 0], new PdfName(bold ? "MODULR+PrintBold" : "MODULR+Print"));
        var program = font.With(letters.Keys);
        var about = file.Add(PdfWriter.Dictionary(
            ("Type", new PdfName("FontDescriptor")), ("FontName", called), ("Flags", PdfWriter.Number(4)),
            ("FontBBox", new PdfArray([.. font.Box.Select(n => PdfWriter.Number(n))])), ("ItalicAngle", PdfWriter.Number(0)), ("Ascent", PdfWriter.Number(font.Ascent)),
            ("Descent", PdfWriter.Number(font.Descent)), ("CapHeight", PdfWriter.Number(font.Ascent)), ("StemV", PdfWriter.Number(bold ? 140 : 80)),
            ("FontFile2", file.Add(PdfWriter.Stream(program, ("Length1", PdfWriter.Number(program.Length)))))));
        var glyphs = file.Add(PdfWriter.Dictionary(
            ("Type", new PdfName("Font")), ("Subtype", new PdfName("CIDFontType2")), ("BaseFont", called),
            ("CIDSystemInfo", PdfWriter.Dictionary(("Registry", new PdfRaw("(Adobe)")), ("Ordering", new PdfRaw("(Identity)")), ("Supplement", PdfWriter.Number(0)))),
            ("CIDToGIDMap", new PdfName("Identity")), ("FontDescriptor", about),
            ("W", new PdfArray([.. letters.Keys.SelectMany(glyph => new PdfValue[] { PdfWriter.Number(glyph), new PdfArray([PdfWriter.Number(font.Width(glyph))]) })]))));
        return file.Add(PdfWriter.Dictionary(
            ("Type", new PdfName("Font")), ("Subtype", new PdfName("Type0")), ("BaseFont", called), ("Encoding", new PdfName("Identity-H")),
            ("DescendantFonts", new PdfArray([glyphs])), ("ToUnicode", file.Add(PdfWriter.Stream(Encoding.ASCII.GetBytes(Letters(letters)))))));
    }

    /// <summary>For whoever searches, copies or listens: which letter each glyph is.</summary>
    private static string Letters(SortedDictionary<int, int> used)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Print def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var some in used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (glyph, letter) in some)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(letter)))}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }
}
