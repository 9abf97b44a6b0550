using System.Buffers.Binary;

namespace Modular.Host.Pdf;

/// <summary>What the head of a picture says, read without drawing it.</summary>
/// <param name="Upright">Degrees clockwise by which a phone says that its picture is to be shown.</param>
public abstract record PictureFile(int Width, int Height, int Upright)
{
    /// <summary>A letter page at 600 dots an inch has 34 million; what claims more than a drawing of a yard is a bomb for whoever shows it.</summary>
    private const long MostDots = 120_000_000;

    private const int MostSide = 40_000;

    /// <summary>Null when it is neither JPEG nor PNG.</summary>
    /// <exception cref="PdfBrokenException">It ends too early, or is of a kind that is not read.</exception>
    public static PictureFile? Read(byte[] bytes)
    {
        PictureFile? read = bytes switch
        {
            [0xFF, 0xD8, 0xFF, ..] => JpegFile.Of(bytes),
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFile.Of(bytes),
            _ => null,
        };
        return read is null or { Width: > 0, Height: > 0 } ? read : throw new PdfBrokenException("A picture without dots.");
    }

    public bool TooLarge => Width > MostSide || Height > MostSide || (long)Width * Height > MostDots;

    /// <summary>True when it is wider than high as it is shown.</summary>
    public bool Wide => Upright is 90 or 270 ? Height > Width : Width > Height;

    /// <summary>The picture as a page of a PDF: the dots are carried over as they are, the turn is the page's, which every viewer obeys.</summary>
    public byte[] ToPdf(int turn)
    {
        var file = new PdfWriter();
        var image = file.Add(Embed(file));
        // At most a letter page, and never larger than on a screen.
        var (longer, shorter) = (Math.Max(Width, Height), Math.Min(Width, Height));
        var scale = Math.Min(0.75, Math.Min(792.0 / longer, 612.0 / shorter));
        var (width, height) = (PdfWriter.Number(Width * scale), PdfWriter.Number(Height * scale));
        var draw = System.Text.Encoding.ASCII.GetBytes($"{width.Text} 0 0 {height.Text} 0 0 cm /Picture Do");
        file.AddPage(PdfWriter.Dictionary(
            ("MediaBox", new PdfArray([PdfWriter.Number(0), PdfWriter.Number(0), width, height])),
            ("Rotate", PdfWriter.Number((Upright + turn) % 360)),
            ("Resources", PdfWriter.Dictionary(("XObject", PdfWriter.Dictionary(("Picture", image))))),
            ("Contents", file.Add(new PdfStream(PdfWriter.Dictionary(), draw)))));
        return file.ToArray();
    }

    protected abstract PdfStream Embed(PdfWriter file);

    protected PdfStream Embed(string filter, int bits, PdfValue space, ReadOnlyMemory<byte> body, params (string, PdfValue)[] more) => new(PdfWriter.Dictionary(
        [("Type", new PdfName("XObject")), ("Subtype", new PdfName("Image")), ("Width", PdfWriter.Number(Width)), ("Height", PdfWriter.Number(Height)),
            ("ColorSpace", space), ("BitsPerComponent", PdfWriter.Number(bits)), ("Filter", new PdfName(filter)), .. more]), body);

    protected static int Word(ReadOnlySpan<byte> bytes, bool little = false) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
