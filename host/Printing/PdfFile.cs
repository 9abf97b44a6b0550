using System.Globalization;
using Modular.Host.Pdf;

namespace Modular.Host.Printing;

/// <summary>
/// A new PDF of text, lines and pictures: the little of the format that a print needs, by own code, because the library for it is under a
/// license that the product does not take (sdk/docs/decisions/0022).
/// </summary>
public sealed class PdfFile(PdfFonts fonts)
{
    private readonly PdfResources with = new(fonts);
    // Pages are packed print by print: thousands of letters are a few megabytes.
    private readonly List<(byte[] Packed, double Width, double Height)> pages = [];
    private readonly List<PdfDrawing> open = [];

    /// <summary>Begins a page, in points.</summary>
    public void Page(double width, double height) => open.Add(new(with, width, height));

    /// <summary>The page that was begun last.</summary>
    public PdfDrawing Current => open[^1];

    /// <summary>What is drawn next is another print.</summary>
    /// <param name="numbered">Where "2 / 3" ends, from the right and the bottom of each page of a print of several; null for none.</param>
    public void EndPrint((double Right, double Bottom, double Size)? numbered)
    {
        for (var i = 0; i < open.Count; i++)
        {
            if (numbered is { } at && open.Count > 1)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {open.Count}");
                var left = open[i].Width - at.Right - fonts.Width(text, at.Size, bold: false);
                open[i].Text(text, left, open[i].Height - at.Bottom, at.Size, bold: false, muted: true);
            }

            pages.Add((PdfWriter.Pack(open[i].ToArray()), open[i].Width, open[i].Height));
        }

        open.Clear();
    }

    public byte[] Save(string title, string language)
    {
        EndPrint(null);
        var file = new PdfWriter();
        var drawnWith = file.Add(with.WriteTo(file));
        foreach (var (packed, width, height) in pages)
        {
            file.AddPage(PdfWriter.Dictionary(
                ("MediaBox", new PdfArray([PdfWriter.Number(0), PdfWriter.Number(0), PdfWriter.Number(width), PdfWriter.Number(height)])),
                ("Resources", drawnWith), ("Contents", file.Add(PdfWriter.Packed(packed)))));
        }

        return file.ToArray(title, language);
    }
}
