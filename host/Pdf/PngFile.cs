using System.Buffers.Binary;
using System.IO.Compression;

namespace Modular.Host.Pdf;

/// <summary>A PNG (ISO 15948). Its packed lines are what a PDF calls Flate with a PNG predictor, so they are carried over as they are; see-through ones are laid on white first.</summary>
public sealed record PngFile(int Width, int Height, int Bits, int Kind, byte[] Palette, byte[] Lines) : PictureFile(Width, Height, 0)
{
    private const int Indexed = 3;

    private bool SeeThrough => Kind is 4 or 6;

    private int Colors => Kind is 2 or 6 ? 3 : 1;

    private int BytesOfLine(int samples) => (int)((((long)Width * samples * Bits) + 7) / 8);

    public static PngFile Of(byte[] bytes)
    {
        using var lines = new MemoryStream();
        var file = new PngFile(0, 0, 0, 0, [], []);
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var (length, type) = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)), System.Text.Encoding.ASCII.GetString(bytes, at + 4, 4));
            if (length < 0 || length > bytes.Length - at - 12)
            {
                break;
            }

            var body = bytes.AsSpan(at + 8, length);
            switch (type)
            {
                case "IHDR" when length == 13:
                    file = body[12] == 0 ? file with { Width = BinaryPrimitives.ReadInt32BigEndian(body), Height = BinaryPrimitives.ReadInt32BigEndian(body[4..]), Bits = body[8], Kind = body[9] }
                        : throw new PdfBrokenException("Its lines are interlaced.");
                    break;
                case "PLTE":
                    file = file with { Palette = body.ToArray() };
                    break;
                case "IDAT":
                    lines.Write(body);
                    break;
                case "IEND":
                    return (file with { Lines = lines.ToArray() }).Checked();
            }

            at += 12 + length;
        }

        throw new PdfBrokenException("It ends too early.");
    }

    protected override PdfStream Embed(PdfWriter file)
    {
        var space = Kind == Indexed
            ? new PdfArray([new PdfName("Indexed"), new PdfName("DeviceRGB"), PdfWriter.Number((Palette.Length / 3) - 1), new PdfRaw($"<{Convert.ToHexString(Palette)}>")])
            : (PdfValue)new PdfName(Colors == 3 ? "DeviceRGB" : "DeviceGray");
        return SeeThrough
            ? Embed("FlateDecode", 8, space, OnWhite())
            : Embed("FlateDecode", Bits, space, Lines, ("DecodeParms", PdfWriter.Dictionary(
                ("Predictor", PdfWriter.Number(15)), ("Colors", PdfWriter.Number(Colors)), ("BitsPerComponent", PdfWriter.Number(Bits)), ("Columns", PdfWriter.Number(Width)))));
    }

    /// <summary>Kind and depth that exist, and as many lines as it claims: unpacked once, kept nowhere.</summary>
    private PngFile Checked()
    {
        var known = Kind switch { 0 => Bits is 1 or 2 or 4 or 8 or 16, 2 or 4 or 6 => Bits is 8 or 16, Indexed => Bits is 1 or 2 or 4 or 8 && Palette.Length is >= 3 and <= 768, _ => false };
        if (!known || Width <= 0 || Height <= 0)
        {
            throw new PdfBrokenException("Of a kind that does not exist.");
        }

        if (!TooLarge)
        {
            foreach (var _ in Unfiltered(filtered: true))
            {
            }
        }

        return this;
    }

    private byte[] OnWhite()
    {
        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            var wide = Bits / 8;
            foreach (var line in Unfiltered())
            {
                var plain = new byte[Width * Colors];
                for (var x = 0; x < Width; x++)
                {
                    var from = x * (Colors + 1) * wide;
                    var cover = line[from + (Colors * wide)];
                    for (var c = 0; c < Colors; c++)
                    {
                        plain[(x * Colors) + c] = (byte)(255 - ((255 - line[from + (c * wide)]) * cover / 255));
                    }
                }

                pack.Write(plain);
            }
        }

        return packed.ToArray();
    }

    /// <summary>The lines of dots, one at a time: a picture is never unpacked as a whole.</summary>
    private IEnumerable<byte[]> Unfiltered(bool filtered = false)
    {
        var samples = Colors + (SeeThrough ? 1 : 0);
        var (length, step) = (BytesOfLine(samples), Math.Max(1, samples * Bits / 8));
        using var packed = new ZLibStream(new MemoryStream(Lines), CompressionMode.Decompress);
        var (line, above) = (new byte[length + 1], new byte[length + 1]);
        for (var y = 0; y < Height; y++)
        {
            try
            {
                packed.ReadExactly(line);
            }
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
            {
                throw new PdfBrokenException("It has fewer lines than it says.");
            }

            if (!filtered)
            {
                Unfilter(line, above, step);
                yield return line[1..];
            }

            (line, above) = (above, line);
        }
    }

    private static void Unfilter(byte[] line, byte[] above, int step)
    {
        for (var i = 1; i < line.Length; i++)
        {
            var (left, up, corner) = (i > step ? line[i - step] : 0, above[i], i > step ? above[i - step] : 0);
            line[i] += (byte)(line[0] switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
