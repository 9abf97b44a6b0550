using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Modular.Host.Printing;

/// <summary>
/// Writes a PDF of text, lines and pictures: the little of the format that a print needs, by own code, because the library for it is under a
/// license that the product does not take (sdk/docs/decisions/0022).
/// </summary>
public sealed class PdfFile(PdfFonts fonts)
{
    private readonly List<byte[]> objects = [];
    // Pages are packed print by print: thousands of letters are a few megabytes.
    private readonly List<(byte[] Packed, double Width, double Height)> pages = [];
    private readonly List<(StringBuilder Content, double Width, double Height)> open = [];
    private readonly List<PdfPicture> pictures = [];
    private readonly SortedDictionary<int, int>[] used = [[], []]; // glyph → letter, regular and bold

    public void Page(double width, double height) => open.Add((new(), width, height));

    /// <summary>What is drawn next is another print.</summary>
    /// <param name="numbered">Where "2 / 3" ends, from the right and the bottom of each page of a print of several; null for none.</param>
    public void EndPrint((double Right, double Bottom, double Size)? numbered)
    {
        for (var i = 0; i < open.Count; i++)
        {
            if (numbered is { } at && open.Count > 1)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {open.Count}");
                var left = open[i].Width - at.Right - fonts.Width(text, at.Size, bold: false);
                Text(open[i], text, left, open[i].Height - at.Bottom, at.Size, bold: false, muted: true);
            }

            pages.Add((Packed(Encoding.ASCII.GetBytes(open[i].Content.ToString())), open[i].Width, open[i].Height));
        }

        open.Clear();
    }

    /// <param name="x">From the left of the page, in points.</param>
    /// <param name="y">The line the letters stand on, from the top.</param>
    public void Text(string text, double x, double y, double size, bool bold, bool muted) => Text(open[^1], text, x, y, size, bold, muted);

    private void Text((StringBuilder Content, double Width, double Height) page, string text, double x, double y, double size, bool bold, bool muted)
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

        page.Content.Append(CultureInfo.InvariantCulture,
            $"BT {(muted ? "0.35" : "0")} g /F{(bold ? 1 : 0)} {size:0.##} Tf {x:0.##} {page.Height - y:0.##} Td <{hex}> Tj ET\n");
    }

    public void Line(double from, double to, double y, double weight)
    {
        var (content, _, pageHeight) = open[^1];
        content.Append(CultureInfo.InvariantCulture,
            $"0.5 G {weight:0.##} w {from:0.##} {pageHeight - y:0.##} m {to:0.##} {pageHeight - y:0.##} l S\n");
    }

    /// <summary>In points from the upper left corner of the page; drawn as often as wanted, it is in the file once.</summary>
    public void Picture(PdfPicture picture, double left, double top, double width, double height)
    {
        var number = pictures.IndexOf(picture);
        if (number < 0)
        {
            number = pictures.Count;
            pictures.Add(picture);
        }

        var (content, _, pageHeight) = open[^1];
        content.Append(CultureInfo.InvariantCulture,
            $"q {width:0.##} 0 0 {height:0.##} {left:0.##} {pageHeight - top - height:0.##} cm /P{number} Do Q\n");
    }

    /// <summary>A black bar, in points from the upper left corner of the page; fine enough for the bars of a code.</summary>
    public void Bar(double left, double top, double width, double height)
    {
        var (content, _, pageHeight) = open[^1];
        content.Append(CultureInfo.InvariantCulture, $"0 g {left:0.####} {pageHeight - top - height:0.####} {width:0.####} {height:0.####} re f\n");
    }

    /// <summary>A drawn line through points, in points from the upper left corner of the page.</summary>
    public void Stroke(IReadOnlyList<(double X, double Y)> points, double weight)
    {
        var (content, _, height) = open[^1];
        content.Append(CultureInfo.InvariantCulture, $"0 G 1 J 1 j {weight:0.##} w {points[0].X:0.##} {height - points[0].Y:0.##} m");
        foreach (var (x, y) in points.Count > 1 ? points.Skip(1) : points)
        {
            content.Append(CultureInfo.InvariantCulture, $" {x:0.##} {height - y:0.##} l");
        }

        content.Append(" S\n");
    }

    public byte[] Save(string title, string language)
    {
        EndPrint(null);
        // Numbers 1 to 3 are known to all others.
        objects.AddRange([[], [], []]);
        var set = string.Join(' ', Enumerable.Range(0, 2).Where(i => used[i].Count > 0).Select(i => $"/F{i} {Font(i)} 0 R"));
        var drawn = string.Join(' ', pictures.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"/P{i} {Stream(
            $"/Type/XObject/Subtype/Image/Width {p.Width}/Height {p.Height}/ColorSpace/DeviceRGB/BitsPerComponent 8", p.Dots)} 0 R")));
        var sheets = pages.ConvertAll(page => Add(string.Create(CultureInfo.InvariantCulture,
            $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.Width:0.##} {page.Height:0.##}]/Resources<</Font<<{set}>>/XObject<<{drawn}>>>>/Contents {Filed("", page.Packed)} 0 R>>")));
        objects[0] = Encoding.ASCII.GetBytes($"<</Type/Catalog/Pages 2 0 R/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>>>");
        objects[1] = Encoding.ASCII.GetBytes($"<</Type/Pages/Count {sheets.Count}/Kids[{string.Join(' ', sheets.Select(s => $"{s} 0 R"))}]>>");
        objects[2] = Encoding.ASCII.GetBytes($"<</Title<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}>>>");
        return Whole();
    }

    private int Font(int which)
    {
        var (font, name) = (which == 1 ? fonts.Bold : fonts.Regular, which == 1 ? "MODULR+PrintBold" : "MODULR+Print");
        var file = font.With(used[which].Keys);
        var program = Stream($"/Length1 {file.Length}", file);
        var about = Add($"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{string.Join(' ', font.Box)}]/ItalicAngle 0/Ascent {font.Ascent}/Descent {font.Descent}/CapHeight {font.Ascent}/StemV {(which == 1 ? 140 : 80)}/FontFile2 {program} 0 R>>");
        var widths = string.Join(' ', used[which].Keys.Select(glyph => $"{glyph}[{font.Width(glyph)}]"));
        var glyphs = Add($"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor {about} 0 R/W[{widths}]>>");
        var letters = Stream("", Encoding.ASCII.GetBytes(Letters(used[which])));
        return Add($"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{glyphs} 0 R]/ToUnicode {letters} 0 R>>");
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

    private int Add(string body) => Add(Encoding.ASCII.GetBytes(body));

    private int Add(byte[] body)
    {
        objects.Add(body);
        return objects.Count;
    }

    private int Stream(string more, byte[] content) => Filed(more, Packed(content));

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }

    private int Filed(string more, byte[] packed) =>
        Add([.. Encoding.ASCII.GetBytes($"<</Length {packed.Length}/Filter/FlateDecode{more}>>\nstream\n"), .. packed, .. "\nendstream"u8]);

    private byte[] Whole()
    {
        using var whole = new MemoryStream();
        void Put(string text) => whole.Write(Encoding.ASCII.GetBytes(text));
        Put("%PDF-1.7\n");
        var places = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(whole.Position);
            Put($"{i + 1} 0 obj\n");
            whole.Write(objects[i]);
            Put("\nendobj\n");
        }

        var table = whole.Position;
        Put($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(p => $"{p:0000000000} 00000 n \n"))}");
        Put($"trailer\n<</Size {objects.Count + 1}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return whole.ToArray();
    }
}
