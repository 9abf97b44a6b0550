using System.Globalization;
using System.Text;
using Modular.Host.Pdf;
using Modular.Host.Printing;
using Modular.Sdk;

namespace Modular.Host.Codes;

/// <summary>Files of pages from anybody, joined and stamped.</summary>
public sealed class PdfFiles : IPdf
{
    public PageFile Read(byte[] content, string name) => new PagesOfFile(content, name);

    public byte[] Join(string title, IReadOnlyList<PageFile> files, Func<JoinedPage, Label?>? stamp = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        var all = files.Cast<PagesOfFile>().Select(file => (File: file, Pages: file.ToPdf())).ToList();
        var joined = new PdfWriter();
        var stamps = stamp is null ? [] : Stamps([.. all.SelectMany(f => f.Pages.All)], stamp, joined);
        var at = 0;
        foreach (var (file, pages) in all)
        {
            file.Readable(() => joined.Add(pages, [.. pages.All.Select(page => (page, 0))], _ => stamps.GetValueOrDefault(at++)));
        }

        return joined.ToArray(title);
    }

    /// <summary>What is drawn upon each page, by its place among all; then, when all letters are known, with which fonts.</summary>
    private static Dictionary<int, (byte[] Content, PdfDictionary With)?> Stamps(IReadOnlyList<PdfPage> pages, Func<JoinedPage, Label?> stamp, PdfWriter joined)
    {
        var labels = pages.Select((page, i) => (Place: i, Page: page, Label: stamp(Joined(page, i + 1, pages.Count)))).Where(s => s.Label is not null).ToList();
        var with = new PdfResources(Labels.FontFor([.. labels.Select(s => s.Label!)], () => PdfFonts.Installed), $"Stamp{Random.Shared.Next():X8}");
        var drawn = labels.ConvertAll(s => (s.Place, Content: Draw(s.Page, s.Label!, with)));
        var written = with.WriteTo(joined);
        return drawn.ToDictionary(s => s.Place, s => ((byte[], PdfDictionary)?)(s.Content, written));
    }

    private static JoinedPage Joined(PdfPage page, int number, int of)
    {
        var (across, down) = (page.Shown.Width / Labels.Point, page.Shown.Height / Labels.Point);
        return page.Turn is 90 or 270 ? new(number, of, down, across) : new(number, of, across, down);
    }

    private static byte[] Draw(PdfPage page, Label label, PdfResources with)
    {
        var (box, turned) = (page.Shown, page.Turn is 90 or 270);
        var drawing = turned ? new PdfDrawing(with, box.Height, box.Width) : new PdfDrawing(with, box.Width, box.Height);
        foreach (var part in label.Parts)
        {
            Labels.Draw(drawing, with.Fonts, part, part.Left, part.Top);
        }

        // From the corner of the page as it is shown to the corner of the sheet as the file has it (8.3.4).
        var (right, top) = (box.Left + box.Width, box.Bottom + box.Height);
        var upright = page.Turn switch
        {
            90 => Matrix(0, 1, -1, 0, right, box.Bottom),
            180 => Matrix(-1, 0, 0, -1, right, top),
            270 => Matrix(0, -1, 1, 0, box.Left, top),
            _ => Matrix(1, 0, 0, 1, box.Left, box.Bottom),
        };
        return [.. Encoding.ASCII.GetBytes($"q {upright} cm\n"), .. drawing.ToArray(), .. "Q\n"u8];
    }

    private static string Matrix(int a, int b, int c, int d, double e, double f) => string.Create(CultureInfo.InvariantCulture, $"{a} {b} {c} {d} {e:0.##} {f:0.##}");
}
