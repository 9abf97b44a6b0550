namespace Modular.Host.Printing;

/// <param name="Name">As the print layout's <c>Paper</c> says it.</param>
/// <param name="Size">Of running text, in points.</param>
public sealed record PdfFormat(string Name, double Width, double Height, double Margin, double Size)
{
    private const double Millimeter = 72 / 25.4;

    public static PdfFormat Of(string? name) => name switch
    {
        "label" => new(name, 60 * Millimeter, 30 * Millimeter, 1.5 * Millimeter, 8),
        "card" => new(name, 5.5 * 72, 4.25 * 72, 18, 9),
        _ => new("letter", 8.5 * 72, 11 * 72, 36, 10),
    };
}

/// <summary>Pages one after the other, and where on the page the next line goes.</summary>
public sealed class PdfPaper
{
    private readonly PdfFile file;
    private double y;

    public PdfPaper(PdfFile file, PdfFonts fonts, PdfFormat format)
    {
        (this.file, Fonts, Format) = (file, fonts, format);
        Turn();
    }

    public PdfFonts Fonts { get; }

    public PdfFormat Format { get; }

    public double Width => Format.Width - (2 * Format.Margin);

    /// <summary>Nothing is on this page yet.</summary>
    private bool Fresh => y <= Format.Margin;

    public void Next()
    {
        if (!Fresh)
        {
            Turn();
        }
    }

    /// <summary>On to the next page when this height is not left; true when it went.</summary>
    public bool Room(double height)
    {
        var goes = !Fresh && y + height > Format.Height - Format.Margin;
        if (goes)
        {
            Turn();
        }

        return goes;
    }

    public void Skip(double height) => y += Fresh ? 0 : height;

    /// <summary>Texts side by side, as high as the highest.</summary>
    public void Draw(IReadOnlyList<(PdfText Text, double X)> side)
    {
        var height = side.Max(s => s.Text.Height);
        Room(height);
        foreach (var (text, x) in side)
        {
            text.Draw(file.Current, Format.Margin + x, y);
        }

        y += height;
    }

    public void Picture(PdfPicture picture, double width, double height)
    {
        Room(height);
        file.Current.Picture(picture, Format.Margin, y, width, height);
        y += height;
    }

    /// <summary>What comes next is another print: it begins a page, and its pages are counted from one.</summary>
    public void EndPrint()
    {
        // On a card or a label there is no foot to count in.
        file.EndPrint(Format.Name == "letter" ? (Format.Margin, Format.Margin / 2, Format.Size * 0.8) : null);
        y = double.PositiveInfinity;
    }

    /// <summary>A drawing, made as wide as asked for.</summary>
    /// <param name="strokes">In a box of these measures.</param>
    public void Drawing(IEnumerable<IReadOnlyList<(int X, int Y)>> strokes, double width, double height, double asWide)
    {
        var scale = asWide / width;
        Room(height * scale);
        foreach (var stroke in strokes)
        {
            file.Current.Stroke([.. stroke.Select(p => (Format.Margin + (p.X * scale), y + (p.Y * scale)))], 3 * scale);
        }

        y += height * scale;
    }

    public void Line(double weight)
    {
        file.Current.Line(Format.Margin, Format.Width - Format.Margin, y + 2, weight);
        y += 4;
    }

    private void Turn()
    {
        file.Page(Format.Width, Format.Height);
        y = Format.Margin;
    }
}
