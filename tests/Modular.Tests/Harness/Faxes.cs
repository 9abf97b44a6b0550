using BitMiracle.LibTiff.Classic;

namespace Modular.Tests.Harness;

/// <summary>A page of a TIFF as a fax server or scanner writes it.</summary>
/// <param name="Rows">Of a strip; 0 for the whole page in one.</param>
internal sealed record Sheet(Compression Packing = Compression.CCITTFAX4, int Width = 1728, int Height = 1100, double Across = 204, double Down = 98)
{
    public int Bits { get; init; } = 1;
    public int Samples { get; init; } = 1;
    public Photometric Colors { get; init; } = Photometric.MINISWHITE;
    public FillOrder Order { get; init; } = FillOrder.MSB2LSB;
    public Orientation Turned { get; init; } = Orientation.TOPLEFT;
    public ResUnit Unit { get; init; } = ResUnit.INCH;
    public Group3Opt Lines { get; init; }
    public FileType Kind { get; init; } = FileType.PAGE;
    public int Rows { get; init; }

    public int BytesOfLine => ((Width * Bits * Samples) + 7) / 8;

    /// <summary>Bars and fields that every packing finds something to do with.</summary>
    public byte[] Dots => [.. Enumerable.Range(0, Height).SelectMany(y => Enumerable.Range(0, BytesOfLine).Select(x =>
        (byte)(Bits == 1 ? (((x / 9) + (y / 40)) % 3 == 0 ? 0xFF : x % 17 == 0 ? 0x3C : 0) : (x / 30 * 40) + (y / 50))))];
}

internal static class Faxes
{
    public static byte[] Tiff(params Sheet[] sheets)
    {
        using var file = new MemoryStream();
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("made", "w", file, new TiffStream()))
        {
            foreach (var sheet in sheets)
            {
                Write(tiff, sheet);
            }
        }

        return file.ToArray();
    }

    private static void Write(Tiff tiff, Sheet sheet)
    {
        foreach (var (tag, value) in new (TiffTag, object)[]
        {
            (TiffTag.IMAGEWIDTH, sheet.Width), (TiffTag.IMAGELENGTH, sheet.Height), (TiffTag.BITSPERSAMPLE, sheet.Bits), (TiffTag.SAMPLESPERPIXEL, sheet.Samples),
            (TiffTag.COMPRESSION, sheet.Packing), (TiffTag.PHOTOMETRIC, sheet.Colors), (TiffTag.FILLORDER, sheet.Order), (TiffTag.ORIENTATION, sheet.Turned),
            (TiffTag.PLANARCONFIG, PlanarConfig.CONTIG), (TiffTag.ROWSPERSTRIP, sheet.Rows == 0 ? sheet.Height : sheet.Rows), (TiffTag.SUBFILETYPE, sheet.Kind),
            (TiffTag.XRESOLUTION, sheet.Across), (TiffTag.YRESOLUTION, sheet.Down), (TiffTag.RESOLUTIONUNIT, sheet.Unit),
        })
        {
            tiff.SetField(tag, value);
        }

        if (sheet.Packing == Compression.CCITTFAX3 && sheet.Lines > 0)
        {
            tiff.SetField(TiffTag.GROUP3OPTIONS, sheet.Lines);
        }

        if (sheet.Colors == Photometric.YCBCR)
        {
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        }

        if (sheet.Colors == Photometric.PALETTE)
        {
            var ramp = Enumerable.Range(0, 256).Select(i => (short)(ushort)(i * 257)).ToArray();
            tiff.SetField(TiffTag.COLORMAP, ramp, ramp, ramp);
        }

        var dots = sheet.Dots;
        for (var y = 0; y < sheet.Height; y++)
        {
            Assert.True(tiff.WriteScanline(dots[(y * sheet.BytesOfLine)..((y + 1) * sheet.BytesOfLine)], y));
        }

        Assert.True(tiff.WriteDirectory());
    }

    /// <summary>The strips of the first page, as they lie in the file.</summary>
    public static byte[] Strip(byte[] file)
    {
        using var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("read", "r", new MemoryStream(file), new TiffStream());
        var strip = new byte[tiff.RawStripSize(0)];
        Assert.Equal(strip.Length, tiff.ReadRawStrip(0, strip, 0, strip.Length));
        return strip;
    }

    /// <summary>A directory by hand, whose numbers may be anything: what nobody's library would write.</summary>
    /// <param name="next">Where it says that the next directory stands; 8 is the first.</param>
    public static byte[] ByHand(uint next, params (int Tag, int Type, uint Count, uint Value)[] entries) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, (byte)entries.Length, 0,
        .. entries.SelectMany(e => (byte[])[(byte)e.Tag, (byte)(e.Tag >> 8), (byte)e.Type, 0, .. BitConverter.GetBytes(e.Count), .. BitConverter.GetBytes(e.Value)]),
        .. BitConverter.GetBytes(next), .. new byte[64],
    ];
}
