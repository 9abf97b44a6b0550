namespace Modular.Host.Pdf;

/// <summary>One picture of a TIFF, as its directory says, before anything is unpacked.</summary>
public sealed class TiffPage
{
    public const int Fax3 = 3, Fax4 = 4, OldJpeg = 6, Jpeg = 7;
    public const int WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2, YCbCr = 6;

    private const long MostDots = 120_000_000;

    /// <summary>In bytes, of what is drawn as a whole: a letter page at 600 dots an inch.</summary>
    private const long MostAtOnce = 144_000_000;

    private const int MostSide = 40_000;

    /// <summary>A PDF page is at most 200 inches a side (ISO 32000-1, annex C).</summary>
    private const double MostPoints = 14_400;

    private readonly TiffDirectory directory;
    private readonly long tile;

    public TiffPage(TiffDirectory directory)
    {
        this.directory = directory;
        (Width, Height) = (directory.Value(TiffTags.Width), directory.Value(TiffTags.Height));
        (Samples, Compression) = (directory.Value(TiffTags.Samples, 1), directory.Value(TiffTags.Compression, 1));
        (FillOrder, FaxOptions) = (directory.Value(TiffTags.FillOrder, 1), directory.Value(TiffTags.FaxOptions));
        (Bits, Photometric) = (directory.Value(TiffTags.Bits, 1), directory.Value(TiffTags.Photometric));
        tile = (long)directory.Value(TiffTags.TileWidth) * directory.Value(TiffTags.TileHeight);
        InOnePiece = directory.Pieces().Count == 1;
        if (Width < 1 || Height < 1 || Samples is < 1 or > 8 || Bits is < 1 or > 16)
        {
            throw new PdfBrokenException("A picture without dots.");
        }

        var strips = directory.Values(TiffTags.StripPlaces).Count > 0;
        InLines = strips && directory.Value(TiffTags.Planes, 1) == 1 && (Photometric != YCbCr || Compression == Jpeg)
            && (Samples, Bits, Photometric) is (1, 1 or 2 or 4 or 8, WhiteIsZero or BlackIsZero) or (3, 8, Rgb or YCbCr);
        Upright = directory.Value(TiffTags.Orientation, 1) switch { 3 or 4 => 180, 5 or 6 => 90, 7 or 8 => 270, _ => 0 };
        var (across, down) = (directory.Fraction(TiffTags.DotsAcross), directory.Fraction(TiffTags.DotsDown));
        (PointsAcross, PointsDown) = SizeOf(across, down, directory.Value(TiffTags.DotsPer, 2));
    }

    /// <summary>Where its directory stands.</summary>
    public long At => directory.At;
    public int Width { get; }
    public int Height { get; }
    public int Bits { get; }
    public int Samples { get; }
    public int Compression { get; }
    public int Photometric { get; }
    public int FillOrder { get; }
    public int FaxOptions { get; }
    public bool InOnePiece { get; }

    /// <summary>The packed bytes, in as many parts as they came.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces => directory.Pieces();

    /// <summary>Its dots come line by line as a PDF keeps them; any other kind is drawn as a whole first.</summary>
    public bool InLines { get; }

    /// <summary>Degrees clockwise by which it is to be shown.</summary>
    public int Upright { get; }

    public double PointsAcross { get; }
    public double PointsDown { get; }

    public bool Wide => PointsAcross > PointsDown ^ Upright is 90 or 270;

    public bool TooLarge => Width > MostSide || Height > MostSide || (long)Width * Height > MostDots || (!InLines && Unpacked > MostAtOnce);

    /// <summary>Bytes of its dots.</summary>
    public long Unpacked => InLines
        ? (((long)Width * Samples * Bits) + 7) / 8 * Height
        : Math.Max((long)Width * Height, tile) * Math.Max(4, Samples * Bits / 8);

    /// <summary>A fax has more dots across than down, so both are needed for its shape; without a unit they say the shape alone.</summary>
    private (double Across, double Down) SizeOf(double across, double down, int unit)
    {
        var known = across is >= 1 and <= 10_000 && down is >= 1 and <= 10_000;
        var (wide, high) = known ? (Width / across, Height / down) : (Width, Height);
        var scale = !known || unit is not (2 or 3) ? Math.Min(792 / Math.Max(wide, high), 612 / Math.Min(wide, high)) : unit == 3 ? 72 / 2.54 : 72;
        scale = Math.Min(scale, MostPoints / Math.Max(wide, high));
        return (Math.Max(1, wide * scale), Math.Max(1, high * scale));
    }
}
