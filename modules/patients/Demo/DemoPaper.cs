using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Modular.Patients.Scans.Pdf;

namespace Modular.Patients.Demo;

/// <summary>Draws the papers of the demo's inbox: letters of text with a rule or two, and a signature as a picture.</summary>
internal static class DemoPaper
{
    /// <param name="Rotate">As a sheet that lay the wrong way in the scanner.</param>
    internal sealed record Sheet(string Heading, string[] Lines, int Rotate = 0, int Width = 612, int Height = 792);

    public static byte[] Pdf(params Sheet[] sheets)
    {
        var file = new PdfWriter();
        var fonts = PdfWriter.Dictionary(("R", file.Add(Font("Helvetica"))), ("B", file.Add(Font("Helvetica-Bold"))));
        foreach (var sheet in sheets)
        {
            var contents = file.Add(new PdfStream(PdfWriter.Dictionary(), Encoding.Latin1.GetBytes(Draw(sheet))));
            file.AddPage(PdfWriter.Dictionary(
                ("MediaBox", new PdfArray([PdfWriter.Number(0), PdfWriter.Number(0), PdfWriter.Number(sheet.Width), PdfWriter.Number(sheet.Height)])),
                ("Rotate", PdfWriter.Number(sheet.Rotate)), ("Resources", PdfWriter.Dictionary(("Font", fonts))), ("Contents", contents)));
        }

        return file.ToArray();
    }

    private static PdfDictionary Font(string name) => PdfWriter.Dictionary(
        ("Type", new PdfName("Font")), ("Subtype", new PdfName("Type1")), ("BaseFont", new PdfName(name)), ("Encoding", new PdfName("WinAnsiEncoding")));

    private static string Draw(Sheet sheet)
    {
        var (margin, size) = (sheet.Width / 10, sheet.Width > 400 ? 12 : 9);
        var (top, drawn) = (sheet.Height - margin, new StringBuilder());
        if (sheet.Heading.Length == 0)
        {
            return ""; // the blank back of a sheet
        }

        drawn.Append($"BT /B {size + 5} Tf {margin} {top} Td ({Escape(sheet.Heading)}) Tj ET\n0.6 w {margin} {top - 10} m {sheet.Width - margin} {top - 10} l S\n");
        for (var i = 0; i < sheet.Lines.Length; i++)
        {
            drawn.Append($"BT /R {size} Tf {margin} {top - 24 - size - (i * (size + 6))} Td ({Escape(sheet.Lines[i])}) Tj ET\n");
        }

        return drawn.ToString();
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    /// <summary>A line of ink on white, as a signature pad saves it.</summary>
    public static byte[] Signature()
    {
        const int width = 600, height = 200;
        var dots = new byte[(width + 1) * height];
        Array.Fill(dots, (byte)255);
        for (var i = 0; i < 4000; i++)
        {
            var t = i / 4000.0;
            var (x, y) = ((int)(40 + (t * 500) + (30 * Math.Sin(t * 40))), (int)(100 + (50 * Math.Sin(t * 23) * (1 - (t * 0.6)))));
            for (var thick = 0; thick < 9; thick++)
            {
                dots[((y + (thick / 3)) * (width + 1)) + 1 + x + (thick % 3)] = 30;
            }
        }

        for (var y = 0; y < height; y++)
        {
            dots[y * (width + 1)] = 0; // lines as they are, unfiltered
        }

        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            pack.Write(dots);
        }

        return PngOf(width, height, packed.ToArray());
    }

    private static byte[] PngOf(int width, int height, byte[] lines)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", [0, 0, (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height, 8, 0, 0, 0, 0]);
        Chunk(png, "IDAT", lines);
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        png.Write([(byte)(body.Length >> 24), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length]);
        png.Write(named);
        var crc = Crc32.HashToUInt32(named);
        png.Write([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);
    }
}
