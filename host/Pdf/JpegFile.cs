using System.Buffers.Binary;

namespace Modular.Host.Pdf;

/// <summary>A JPEG: its segments up to the first line of dots (ITU T.81, annex B).</summary>
public sealed record JpegFile(int Width, int Height, int Upright, byte[] Bytes, int Bits, int Colors, bool Adobe) : PictureFile(Width, Height, Upright)
{
    public static JpegFile Of(byte[] bytes)
    {
        var file = new JpegFile(0, 0, 0, bytes, 8, 0, false);
        try
        {
            for (var at = 2; ;)
            {
                var marker = bytes[at] == 0xFF ? bytes[at + 1] : throw new PdfBrokenException("A segment does not begin.");
                if (marker == 0xFF)
                {
                    at++;
                    continue;
                }

                var segment = bytes.AsSpan(at + 4, Word(bytes.AsSpan(at + 2)) - 2);
                if (marker == 0xDA)
                {
                    // The end may be followed by what a phone adds, so it is looked for and not expected last.
                    return file.Width > 0 && bytes.AsSpan(at).LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > 0 ? file : throw new PdfBrokenException("It ends too early.");
                }

                file = file.With(marker, segment);
                at += 4 + segment.Length;
            }
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new PdfBrokenException("It ends too early.");
        }
    }

    protected override PdfStream Embed(PdfWriter file) => Embed("DCTDecode", Bits,
        new PdfName(Colors switch { 1 => "DeviceGray", 3 => "DeviceRGB", _ => "DeviceCMYK" }), Bytes,
        // Adobe's four-color pictures are stored the other way round.
        Colors == 4 && Adobe ? [("Decode", new PdfArray([.. Enumerable.Range(0, 8).Select(i => PdfWriter.Number(1 - (i % 2)))]))] : []);

    private JpegFile With(int marker, ReadOnlySpan<byte> segment) => marker switch
    {
        // Frames but for tables (C4), extensions (C8) and arithmetic (CC).
        >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC => this with { Bits = segment[0], Height = Word(segment[1..]), Width = Word(segment[3..]), Colors = segment[5] },
        0xE1 when segment.StartsWith("Exif\0\0"u8) => this with { Upright = UprightOf(segment[6..]) },
        0xEE when segment.StartsWith("Adobe"u8) => this with { Adobe = true },
        _ => this,
    };

    /// <summary>Tag 0x112 of the first directory; a mirrored picture is turned and not mirrored.</summary>
    private static int UprightOf(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.Length > 8 && tiff[0] == 'I';
        var directory = tiff.Length <= 8 ? -1 : little ? BinaryPrimitives.ReadInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadInt32BigEndian(tiff[4..]);
        if (directory < 8 || directory > tiff.Length - 2)
        {
            return 0;
        }

        var entries = Word(tiff[directory..], little);
        for (var at = directory + 2; entries > 0 && at <= tiff.Length - 12; at += 12, entries--)
        {
            if (Word(tiff[at..], little) == 0x112)
            {
                return Word(tiff[(at + 8)..], little) switch { 3 or 4 => 180, 5 or 6 => 90, 7 or 8 => 270, _ => 0 };
            }
        }

        return 0;
    }
}
