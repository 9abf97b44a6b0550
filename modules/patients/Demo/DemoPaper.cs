using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Modular.Sdk;

namespace Modular.Patients.Demo;

/// <summary>Draws the papers of the demo's inbox: letters of text with a rule or two, and a signature as a picture.</summary>
internal static class DemoPaper
{
    /// <param name="Turn">As a sheet that lay the wrong way in the scanner.</param>
    /// <param name="Width">In millimetres.</param>
    internal sealed record Sheet(string Heading, string[] Lines, int Turn = 0, int Width = 216, int Height = 279);

    /// <exception cref="LabelRefusedException">The machine has no font to write with.</exception>
    public static byte[] Pdf(ILabels labels, IPdf pdf, params Sheet[] sheets)
    {
        var (width, height) = (sheets[0].Width, sheets[0].Height);
        var paper = labels.Pdf("Paper", new LabelSheet("paper", "Paper", width, height, width, height, 1, 1, 0, 0, width, height), [.. sheets.Select(Written)]);
        return pdf.Read(paper, "Paper").Make([.. sheets.Select((sheet, i) => new TurnedPage(i + 1, sheet.Turn))]).Bytes;
    }

    /// <summary>Words that stand far apart are columns.</summary>
    private static Label Written(Sheet sheet)
    {
        var (margin, size) = (sheet.Width / 10.0, sheet.Width > 140 ? 12 : 9);
        var (label, wide) = (new Label(), sheet.Width - (2 * margin));
        if (sheet.Heading.Length == 0)
        {
            return label; // the blank back of a sheet
        }

        label.Text(sheet.Heading, margin, margin, wide, size * 0.7, size + 5, bold: true);
        foreach (var (i, line) in sheet.Lines.Index())
        {
            var columns = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            for (var column = 0; column < columns.Length; column++)
            {
                var share = wide / columns.Length;
                label.Text(columns[column], margin + (column * share), margin + (size * 0.7) + 2 + (i * size * 0.55), share, size * 0.5, size);
            }
        }

        return label;
    }

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
