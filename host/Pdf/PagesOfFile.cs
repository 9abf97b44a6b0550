using Modular.Sdk;

namespace Modular.Host.Pdf;

/// <summary>A file from anybody as its pages, judged by content. What cannot be shown or split is refused.</summary>
public sealed class PagesOfFile : PageFile
{
    private readonly byte[] bytes;
    private readonly string name;
    private readonly PdfPages? pdf;
    private readonly TiffFile? tiff;
    private readonly PictureFile? picture;

    /// <exception cref="FileRefusedException">With a sentence for the person.</exception>
    public PagesOfFile(byte[] bytes, string name)
    {
        (this.bytes, this.name) = (bytes, name);
        (pdf, tiff, picture) = Readable<(PdfPages?, TiffFile?, PictureFile?)>(() => bytes switch
        {
            _ when bytes.AsSpan().StartsWith("%PDF-"u8) => (OpenPdf(), null, null),
            _ when TiffDirectory.IsTiff(bytes) => (null, OpenTiff(), null),
            _ => (null, null, OpenPicture()),
        });
    }

    public override int Pages => pdf?.All.Count ?? tiff?.Pages.Count ?? 1;

    public override string Type => pdf is not null ? "application/pdf" : tiff is not null ? "image/tiff" : picture is JpegFile ? "image/jpeg" : "image/png";

    public override bool Wide(int number) => pdf?.All[number - 1].Wide ?? tiff?.Pages[number - 1].Wide ?? picture!.Wide;

    public override void Prove() => Readable(() =>
    {
        tiff?.Prove();
        return true;
    });

    public override (byte[] Bytes, string Type) Show(TurnedPage page) => picture is not null ? Make([page]) : (Write([page]), "application/pdf");

    public override (byte[] Bytes, string Type) Make(IReadOnlyList<TurnedPage> pages)
    {
        if (tiff is null && pdf is null or { Objects.Runs: false } && pages.Count == Pages && pages.Select((p, i) => p == new TurnedPage(i + 1, 0)).All(same => same))
        {
            return (bytes, Type);
        }

        return (picture?.ToPdf(pages[0].Turn) ?? Write(pages), "application/pdf");
    }

    /// <summary>As pages of a PDF, which can be put beside those of others.</summary>
    /// <exception cref="FileRefusedException">A page of a TIFF cannot be unpacked after all.</exception>
    public PdfPages ToPdf() => pdf ?? Readable(() => new PdfPages(
        new PdfObjects(picture?.ToPdf(0) ?? tiff!.ToPdf(tiff.Pages.Select(page => (page, 0)))), MostPages));

    /// <summary>What writes pages of this file, with its damage said as a sentence.</summary>
    /// <exception cref="FileRefusedException">It is damaged.</exception>
    public T Readable<T>(Func<T> read)
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
}
