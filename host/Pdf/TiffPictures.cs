using System.IO.Compression;
using BitMiracle.LibTiff.Classic;

namespace Modular.Host.Pdf;

/// <summary>
/// The dots of a TIFF's pages, by LibTiff.NET. A fax in one piece is carried over as it was sent: a PDF knows its packing too. Whatever
/// else is unpacked and packed anew, losing nothing.
/// </summary>
internal sealed class TiffPictures : IDisposable
{
    /// <summary>A scanner writes a JPEG in one pass. Each costs a walk over all dots, so a small file could ask for hours.</summary>
    private const int MostPasses = 20;

    private readonly Tiff tiff;

    static TiffPictures() => Tiff.SetErrorHandler(new Silence());

    public TiffPictures(byte[] bytes) =>
        tiff = Guarded(() => Tiff.ClientOpen("scan", "r", new MemoryStream(bytes), new TiffStream()))
            ?? throw new PdfBrokenException("It is no TIFF.");

    public PdfStream Embed(TiffPage page) => IsFaxInOnePiece(page) ? Fax(page) : Packed(page);

    /// <summary>The lines of dots, top down; what lies on its side stays so.</summary>
    public void Unpack(TiffPage page, Stream into)
    {
        var jpeg = page.Compression is TiffPage.Jpeg or TiffPage.OldJpeg;
        if (jpeg && page.Pieces.Any(piece => piece.Span.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]) > MostPasses))
        {
            throw new PdfBrokenException("A picture in more passes than any scanner makes.");
        }

        _ = Guarded(() => (page.InLines ? Lines(page, into) : Whole(page, into)) ? into : null)
            ?? throw new PdfBrokenException("A page cannot be unpacked.");
    }

    private bool Lines(TiffPage page, Stream into)
    {
        if (!Open(page) || (page.Compression == TiffPage.Jpeg && page.Samples == 3 && !tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB)))
        {
            return false;
        }

        var length = (int)(page.Unpacked / page.Height);
        var line = new byte[Math.Max(length, tiff.ScanlineSize())];
        for (var y = 0; y < page.Height; y++)
        {
            if (!tiff.ReadScanline(line, y))
            {
                return false;
            }

            into.Write(line, 0, length);
        }

        return true;
    }

    /// <summary>Palettes, tiles, four colors, dots that are see-through: drawn on white by the library.</summary>
    private bool Whole(TiffPage page, Stream into)
    {
        var dots = new int[page.Width * page.Height];
        if (!Open(page) || !tiff.RGBAImageOK(out _)
            || !tiff.ReadRGBAImageOriented(page.Width, page.Height, dots, Orientation.TOPLEFT, stopOnError: true))
        {
            return false;
        }

        var line = new byte[page.Width * 3];
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++)
            {
                var dot = dots[(y * page.Width) + x];
                var white = 255 - Tiff.GetA(dot);
                line[x * 3] = (byte)(Tiff.GetR(dot) + white);
                line[(x * 3) + 1] = (byte)(Tiff.GetG(dot) + white);
                line[(x * 3) + 2] = (byte)(Tiff.GetB(dot) + white);
            }

            into.Write(line);
        }

        return true;
    }

    /// <summary>Which way up it is belongs to the page, not to its dots.</summary>
    private bool Open(TiffPage page) => tiff.SetSubDirectory(page.At) && tiff.SetField(TiffTag.ORIENTATION, Orientation.TOPLEFT);

    private PdfStream Packed(TiffPage page)
    {
        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            Unpack(page, pack);
        }

        var (gray, bits) = (page.InLines && page.Samples == 1, page.InLines ? page.Bits : 8);
        var white = gray && page.Photometric == TiffPage.WhiteIsZero ? 0 : 1;
        var decode = Enumerable.Range(0, gray ? 2 : 6).Select(i => PdfWriter.Number(i % 2 == 0 ? 1 - white : white));
        return Image(page, packed.ToArray(), bits, gray ? "DeviceGray" : "DeviceRGB", ("Filter", new PdfName("FlateDecode")), ("Decode", new PdfArray([.. decode])));
    }

    private static bool IsFaxInOnePiece(TiffPage page) => page is
    {
        Compression: TiffPage.Fax3 or TiffPage.Fax4, InOnePiece: true, Bits: 1, Samples: 1, InLines: true, FillOrder: 1 or 2
    };

    private static PdfStream Fax(TiffPage page)
    {
        var sent = page.Pieces[0].ToArray();
        if (page.FillOrder == 2)
        {
            Tiff.ReverseBits(sent, sent.Length); // a PDF reads the highest bit first
        }

        // ISO 32000-1, table 11: below zero Group 4, zero one-dimensional Group 3, above zero mixed lines.
        var kind = page.Compression == TiffPage.Fax4 ? -1 : page.FaxOptions & 1;
        return Image(page, sent, 1, "DeviceGray", ("Filter", new PdfName("CCITTFaxDecode")), ("DecodeParms", PdfWriter.Dictionary(
            ("K", PdfWriter.Number(kind)), ("Columns", PdfWriter.Number(page.Width)), ("Rows", PdfWriter.Number(page.Height)),
            ("EndOfLine", new PdfRaw(kind < 0 ? "false" : "true")), ("EndOfBlock", new PdfRaw("false")),
            ("BlackIs1", new PdfRaw(page.Photometric == TiffPage.BlackIsZero ? "true" : "false")))));
    }

    private static PdfStream Image(TiffPage page, byte[] body, int bits, string space, params (string, PdfValue)[] more) => new(PdfWriter.Dictionary(
        [("Type", new PdfName("XObject")), ("Subtype", new PdfName("Image")), ("Width", PdfWriter.Number(page.Width)), ("Height", PdfWriter.Number(page.Height)),
            ("ColorSpace", new PdfName(space)), ("BitsPerComponent", PdfWriter.Number(bits)), .. more]), body);

    /// <summary>The library answers a damaged file with whatever goes wrong in it, an index out of range among them.</summary>
    private static T? Guarded<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException and not PdfBrokenException)
        {
            throw new PdfBrokenException("A page cannot be unpacked: " + e.GetType().Name);
        }
    }

    public void Dispose() => tiff.Dispose();

    /// <summary>Damage is told by the sentence; the library would write its own to the console.</summary>
    private sealed class Silence : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }
    }
}
