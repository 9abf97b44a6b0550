using System.Text;

namespace Modular.Host.Pdf;

/// <summary>A TIFF as fax servers and scanners write it: pages, each a picture, which become pages of a PDF that browsers show.</summary>
public sealed class TiffFile
{
    /// <summary>Bytes of all pages unpacked: 500 fax pages have half of it, forty color pages of a scanner all.</summary>
    private const long MostUnpacked = 1024 * 1024 * 1024;

    private readonly byte[] bytes;

    /// <exception cref="PdfBrokenException">It leads nowhere, or claims what it does not have.</exception>
    public TiffFile(byte[] bytes, int most)
    {
        this.bytes = bytes;
        Pages = [.. TiffDirectory.ReadAll(bytes, most).Select(directory => new TiffPage(directory))];
    }

    /// <summary>At most one more than was asked for.</summary>
    public IReadOnlyList<TiffPage> Pages { get; }

    public bool TooLarge => Pages.Any(page => page.TooLarge) || Pages.Sum(page => page.Unpacked) > MostUnpacked;

    /// <summary>Unpacks every page once and keeps none: most damage shows only there.</summary>
    /// <exception cref="PdfBrokenException">A page cannot be unpacked to its end.</exception>
    public void Prove()
    {
        using var pictures = new TiffPictures(bytes);
        foreach (var page in Pages)
        {
            pictures.Unpack(page, Stream.Null);
        }
    }

    /// <summary>Chosen pages as a PDF, each turned so many degrees clockwise beside what the file says.</summary>
    /// <exception cref="PdfBrokenException">A page cannot be unpacked to its end.</exception>
    public byte[] ToPdf(IEnumerable<(TiffPage Page, int Turn)> chosen)
    {
        using var pictures = new TiffPictures(bytes);
        var file = new PdfWriter();
        foreach (var (page, turn) in chosen)
        {
            var (width, height) = (PdfWriter.Number(page.PointsAcross), PdfWriter.Number(page.PointsDown));
            var draw = Encoding.ASCII.GetBytes($"{width.Text} 0 0 {height.Text} 0 0 cm /Picture Do");
            file.AddPage(PdfWriter.Dictionary(
                ("MediaBox", new PdfArray([PdfWriter.Number(0), PdfWriter.Number(0), width, height])),
                ("Rotate", PdfWriter.Number((page.Upright + turn) % 360)),
                ("Resources", PdfWriter.Dictionary(("XObject", PdfWriter.Dictionary(("Picture", file.Add(pictures.Embed(page))))))),
                ("Contents", file.Add(new PdfStream(PdfWriter.Dictionary(), draw)))));
        }

        return file.ToArray();
    }
}
