using Modular.Host.Printing;
using Modular.Sdk;

namespace Modular.Host.Codes;

/// <summary>Sets labels as a PDF, with the machine's own font.</summary>
public sealed class Labels : ILabels
{
    /// <summary>Points of a millimetre.</summary>
    internal const double Point = 72 / 25.4;

    /// <summary>In points: smaller letters are not read on a label.</summary>
    private const double SmallestLetters = 4;

    /// <summary>In millimetres: office printers and hand scanners do not tell narrower bars apart.</summary>
    private const double NarrowestBar = 0.17;

    private readonly Func<PdfFonts?> fonts;

    public Labels()
        : this(() => PdfFonts.Installed)
    {
    }

    internal Labels(Func<PdfFonts?> fonts) => this.fonts = fonts;

    public byte[] Pdf(string title, LabelSheet sheet, IReadOnlyList<Label> labels, int first = 1)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, sheet.Places);
        var font = FontFor(labels, fonts);
        var file = new PdfFile(font);
        for (var i = 0; i < labels.Count; i++)
        {
            var place = (first - 1 + i) % sheet.Places;
            if (i == 0 || place == 0)
            {
                file.Page(sheet.Width * Point, sheet.Height * Point);
            }

            var (left, top) = (sheet.Left + (place % sheet.Columns * sheet.Across), sheet.Top + (place / sheet.Columns * sheet.Down));
            foreach (var part in labels[i].Parts)
            {
                Draw(file.Current, font, part, left + part.Left, top + part.Top);
            }
        }

        return file.Save(title, "en");
    }

    /// <exception cref="LabelRefusedException">There is no font, or it has not all letters.</exception>
    internal static PdfFonts FontFor(IReadOnlyList<Label> labels, Func<PdfFonts?> fonts)
    {
        var font = fonts() ?? throw new LabelRefusedException(PdfFonts.Missing);
        return font.Lacks(labels.SelectMany(l => l.Parts).OfType<LabelText>().Select(t => t.Text.Normalize())) is { Count: > 0 } letters
            ? throw new LabelRefusedException($"These letters cannot be printed on a label: {string.Join(' ', letters)}. Write the name in Latin letters, or print it from another program.")
            : font;
    }

    /// <param name="left">In millimetres, as all places of labels.</param>
    /// <exception cref="LabelRefusedException">It does not fit its box.</exception>
    internal static void Draw(PdfDrawing page, PdfFonts font, LabelPart part, double left, double top)
    {
        switch (part)
        {
            case LabelText text:
                Set(text, font).Draw(page, left * Point, top * Point);
                break;
            case LabelCode code:
                Draw(page, code, left, top);
                break;
        }
    }

    /// <summary>As large as it may be and fits.</summary>
    private static PdfText Set(LabelText part, PdfFonts font)
    {
        var words = part.Text.Normalize().Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var size = part.Size; size >= SmallestLetters; size -= 0.5)
        {
            var text = new PdfText(words.Select(w => new PdfWord(w, size, part.Bold, Muted: false, Joined: false, Break: false)), part.Width * Point, font);
            if (text.Height <= (part.Height * Point) + 0.01)
            {
                return text;
            }
        }

        throw new LabelRefusedException($"“{part.Text}” does not fit on this label. Choose a larger one.");
    }

    private static void Draw(PdfDrawing page, LabelCode part, double left, double top)
    {
        var symbol = CodeSymbol.Of(part.Kind, part.Text);
        var bars = part.Kind == CodeKind.Code128;
        var square = part.Width / (symbol.Width + (2 * symbol.Quiet));
        if (!bars)
        {
            square = Math.Min(square, part.Height / (symbol.Height + (2 * symbol.Quiet)));
        }

        if (square < NarrowestBar)
        {
            throw new LabelRefusedException($"The code of “{part.Text}” would be too fine for a scanner on this label. Choose a larger one.");
        }

        // Bars are as high as the box; a square lies in its middle.
        var height = bars ? part.Height : square;
        if (!bars)
        {
            left += (part.Width - ((symbol.Width + (2 * symbol.Quiet)) * square)) / 2;
            top += (part.Height - ((symbol.Height + (2 * symbol.Quiet)) * square)) / 2;
        }

        foreach (var (x, y, length) in symbol.Runs())
        {
            page.Bar((left + ((symbol.Quiet + x) * square)) * Point, (top + (bars ? 0 : (symbol.Quiet + y) * square)) * Point, length * square * Point, height * Point);
        }
    }
}
