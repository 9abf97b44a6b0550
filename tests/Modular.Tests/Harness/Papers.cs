using System.IO.Compression;
using System.Text;

namespace Modular.Tests.Harness;

/// <summary>Files as scanners and fax servers write them, and as they should not.</summary>
internal static class Papers
{
    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(byte[] file) => Encoding.Latin1.GetString(file);

    /// <summary>Pages with a text each. The table of contents is wrong on purpose, as many a fax server's is; sizes are inherited, lengths are said elsewhere.</summary>
    public static byte[] Pdf(params string[] pages)
    {
        var kids = string.Join(' ', pages.Select((_, i) => $"{10 + (i * 3)} 0 R"));
        var file = new StringBuilder($"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")
            .Append($"2 0 obj<</Type/Pages/Count {pages.Length}/Kids[{kids}]/MediaBox[0 0 612 792]/Rotate 90/Resources<</Font<</F 3 0 R>>>>>>endobj\n")
            .Append("3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
        for (var i = 0; i < pages.Length; i++)
        {
            var (number, draw) = (10 + (i * 3), $"BT /F 20 Tf 72 700 Td ({pages[i]}) Tj ET");
            // Each page has a link to the first.
            file.Append($"{number} 0 obj<</Type/Page/Parent 2 0 R/Contents {number + 1} 0 R/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[10 0 R/Fit]>>]>>endobj\n")
                .Append($"{number + 1} 0 obj<</Length {number + 2} 0 R>>stream\n{draw}\nendstream endobj\n{number + 2} 0 obj {draw.Length} endobj\n");
        }

        return Latin(file.Append("xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 99>>\nstartxref\n7\n%%EOF\n").ToString());
    }

    /// <summary>One page whose objects are packed into a stream, with a stream for a table of contents.</summary>
    public static byte[] Packed(string text)
    {
        string[] objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 792 612]/Contents 4 0 R>>"];
        var (places, bodies) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < objects.Length; i++)
        {
            places.Append($"{i + 1} {bodies.Length} ");
            bodies.Append(objects[i]).Append(' ');
        }

        var body = Flate(Latin(places.ToString() + bodies));
        return [.. Latin($"%PDF-1.5\n4 0 obj<</Length {text.Length}>>stream\n{text}\nendstream endobj\n5 0 obj<</Type/ObjStm/N 3/First {places.Length}/Filter/FlateDecode/Length {body.Length}>>stream\n"),
            .. body, .. Latin("\nendstream endobj\n6 0 obj<</Type/XRef/Root 1 0 R/Size 7/W[1 2 1]/Length 0>>stream\n\nendstream endobj\nstartxref\n0\n%%EOF")];
    }

    /// <param name="kind">PNG color type: 0 gray, 2 color, 6 color that is see-through.</param>
    public static byte[] Png(int width, int height, int kind = 0, byte[]? lines = null, byte interlaced = 0)
    {
        var samples = kind switch { 2 => 3, 6 => 4, _ => 1 };
        lines ??= Flate([.. Enumerable.Range(0, height).SelectMany(y => (byte[])[0, .. Enumerable.Range(0, width * samples).Select(x => (byte)(x * 40))])]);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10,
            .. Chunk("IHDR", [.. Big(width), .. Big(height), 8, (byte)kind, 0, 0, interlaced]), .. Chunk("IDAT", lines), .. Chunk("IEND", [])];
    }

    /// <summary>Only the head of a JPEG is read: its dots may be anything.</summary>
    /// <param name="upright">The orientation that a phone notes; 6 is a quarter turn to the right.</param>
    public static byte[] Jpeg(int width, int height, int upright = 1) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)upright, 0, 0, 0, 0, 0, 0,
        0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9,
    ];

    public static byte[] Flate(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            pack.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] Big(int n) => [(byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n];

    // The sum at the end is not looked at: a browser shows such a picture too.
    private static byte[] Chunk(string type, byte[] body) => [.. Big(body.Length), .. Latin(type), .. body, 0, 0, 0, 0];
}
