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
    private readonly string name;
    private readonly PdfPages? pdf;
    private readonly TiffFile? tiff;
    private readonly PictureFile? picture;

    /// <exception cref="FileRefusedException">With a sentence for the person.</exception>
    public ScanContent(byte[] bytes, string name)
    {
        (this.bytes, this.name) = (bytes, name);
        (pdf, tiff, picture) = Readable<(PdfPages?, TiffFile?, PictureFile?)>(() => bytes switch
        {
            _ when bytes.AsSpan().StartsWith("%PDF-"u8) => (OpenPdf(), null, null),
            _ when TiffDirectory.IsTiff(bytes) => (null, OpenTiff(), null),
            _ => (null, null, OpenPicture()),
        });
    }

    public int Pages => pdf?.All.Count ?? tiff?.Pages.Count ?? 1;

    public string Type => pdf is not null ? "application/pdf" : tiff is not null ? "image/tiff" : picture is JpegFile ? "image/jpeg" : "image/png";

    /// <summary>True when the page is wider than high, as the file has it.</summary>
    public bool Wide(int number) => pdf?.All[number - 1].Wide ?? tiff?.Pages[number - 1].Wide ?? picture!.Wide;

    /// <summary>Unpacks what only tells its damage then; before a file is kept, not at every look at it.</summary>
    /// <exception cref="FileRefusedException">With a sentence for the person.</exception>
    public void Prove() => Readable(() =>
    {
        tiff?.Prove();
        return true;
    });

    /// <summary>One page for the preview. Always written anew from a PDF, so that nothing in the file runs by itself beside the form.</summary>
    public (byte[] Bytes, string Type) Show(TurnedPage page) => picture is not null ? Make([page]) : (Write([page]), "application/pdf");

    /// <summary>
    /// The document as it is filed: the very file when nothing was changed and nothing in it runs, otherwise a PDF of these pages; a TIFF
    /// always, because browsers do not show it. A picture that was turned becomes a page of a PDF too: a turn noted in a picture is
    /// shown by some viewers only, and packing it anew loses some of it.
    /// </summary>
    /// <exception cref="FileRefusedException">A page of a TIFF cannot be unpacked after all.</exception>
    public (byte[] Bytes, string Type) Make(IReadOnlyList<TurnedPage> pages)
    {
        if (tiff is null && pdf is null or { Objects.Runs: false } && pages.Count == Pages && pages.Select((p, i) => p == new TurnedPage(i + 1, 0)).All(same => same))
        {
            return (bytes, Type);
        }

        return (picture?.ToPdf(pages[0].Turn) ?? Write(pages), "application/pdf");
    }

    /// <summary>The whole document as it is filed.</summary>
    /// <inheritdoc cref="Make(IReadOnlyList{TurnedPage})"/>
    public (byte[] Bytes, string Type) Make() => Make([.. Enumerable.Range(1, Pages).Select(number => new TurnedPage(number, 0))]);

    private byte[] Write(IReadOnlyList<TurnedPage> pages) => Readable(() => tiff is not null
        ? tiff.ToPdf(pages.Select(p => (tiff.Pages[p.Number - 1], p.Turn)))
        : new PdfWriter().Add(pdf!, [.. pages.Select(p => (pdf!.All[p.Number - 1], p.Turn))]).ToArray());

    private PdfPages OpenPdf()
    {
        var objects = new PdfObjects(bytes);
        if (objects.Encrypted)
        {
            throw new FileRefusedException($"{name} is locked with a password. Ask the sender for an open copy.");
        }

        var pages = new PdfPages(objects, MostPages);
        CheckCount(pages.All.Count);
        return pages;
    }

    private TiffFile OpenTiff()
    {
        var file = new TiffFile(bytes, MostPages);
        CheckCount(file.Pages.Count);
        return file.TooLarge ? throw new FileRefusedException($"{name} is too large to show: its pages have more dots than a scan needs. Scan it at 300 dots an inch, or send it in parts.") : file;
    }

    private PictureFile OpenPicture() => PictureFile.Read(bytes) switch
    {
        null => throw new FileRefusedException($"{name} is not a PDF, TIFF, JPEG or PNG, whatever its name says."),
        { TooLarge: true } => throw new FileRefusedException($"{name} is too large a picture to show. Scan it at 300 dots an inch."),
        var read => read,
    };

    private void CheckCount(int pages)
    {
        if (pages is 0 or > MostPages)
        {
            throw new FileRefusedException(pages == 0 ? $"{name} has no page." : $"{name} has more than {MostPages} pages. Ask for it in parts.");
        }
    }

    private T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is PdfBrokenException or InvalidDataException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new FileRefusedException($"{name} is damaged or incomplete and cannot be shown. Scan or send it again.");
        }
    }
}
