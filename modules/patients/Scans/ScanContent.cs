using Modular.Patients.Scans.Pdf;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <param name="Turn">Degrees clockwise.</param>
public sealed record TurnedPage(int Number, int Turn);

/// <summary>A file of the inbox as its pages, judged by content. What cannot be shown or split is refused before it is kept.</summary>
public sealed class ScanContent
{
    /// <summary>A chart of a lifetime comes on paper or as a disc; a fax of more pages is a mistake or an attack.</summary>
    public const int MostPages = 500;

    private readonly byte[] bytes;
    private readonly PdfPages? pdf;
    private readonly PictureFile? picture;

    /// <exception cref="FileRefusedException">With a sentence for the person.</exception>
    public ScanContent(byte[] bytes, string name)
    {
        this.bytes = bytes;
        try
        {
            if (bytes.AsSpan().StartsWith("%PDF-"u8))
            {
                pdf = OpenPdf(bytes, name);
            }
            else
            {
                picture = OpenPicture(bytes, name);
            }
        }
        catch (Exception e) when (e is PdfBrokenException or InvalidDataException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new FileRefusedException($"{name} is damaged or incomplete and cannot be shown. Scan or send it again.");
        }
    }

    public int Pages => pdf?.All.Count ?? 1;

    public string Type => pdf is not null ? "application/pdf" : picture is JpegFile ? "image/jpeg" : "image/png";

    /// <summary>True when the page is wider than high, as the file has it.</summary>
    public bool Wide(int number) => pdf?.All[number - 1].Wide ?? picture!.Wide;

    /// <summary>One page for the preview. Always written anew from a PDF, so that nothing in the file runs by itself beside the form.</summary>
    public (byte[] Bytes, string Type) Show(TurnedPage page) => pdf is null ? Make([page]) : (Write([page]), "application/pdf");

    /// <summary>
    /// The document as it is filed: the very file when nothing was changed, otherwise a PDF of these pages. A picture that was turned
    /// becomes a page of a PDF too: a turn noted in a picture is shown by some viewers only, and packing it anew loses some of it.
    /// </summary>
    public (byte[] Bytes, string Type) Make(IReadOnlyList<TurnedPage> pages)
    {
        if (pages.Count == Pages && pages.Select((p, i) => p == new TurnedPage(i + 1, 0)).All(same => same))
        {
            return (bytes, Type);
        }

        return (picture?.ToPdf(pages[0].Turn) ?? Write(pages), "application/pdf");
    }

    private byte[] Write(IReadOnlyList<TurnedPage> pages) => new PdfWriter().Add(pdf!, [.. pages.Select(p => (pdf!.All[p.Number - 1], p.Turn))]).ToArray();

    private static PdfPages OpenPdf(byte[] bytes, string name)
    {
        var objects = new PdfObjects(bytes);
        if (objects.Encrypted)
        {
            throw new FileRefusedException($"{name} is locked with a password. Ask the sender for an open copy.");
        }

        var pages = new PdfPages(objects, MostPages);
        return pages.All.Count switch
        {
            0 => throw new FileRefusedException($"{name} has no page."),
            > MostPages => throw new FileRefusedException($"{name} has more than {MostPages} pages. Ask for it in parts."),
            _ => pages,
        };
    }

    private static PictureFile OpenPicture(byte[] bytes, string name)
    {
        if (bytes is [(byte)'I', (byte)'I', 0x2A, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A, ..])
        {
            throw new FileRefusedException($"{name} is a TIFF, which browsers do not show. Set the scanner or fax server to PDF.");
        }

        return PictureFile.Read(bytes) switch
        {
            null => throw new FileRefusedException($"{name} is not a PDF, JPEG or PNG, whatever its name says."),
            { TooLarge: true } => throw new FileRefusedException($"{name} is too large a picture to show. Scan it at 300 dots an inch."),
            var picture => picture,
        };
    }
}
