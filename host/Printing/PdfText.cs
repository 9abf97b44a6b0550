namespace Modular.Host.Printing;

/// <param name="Joined">No space before it: a comma after a bold word.</param>
/// <param name="Break">Begins a line.</param>
public readonly record struct PdfWord(string Text, double Size, bool Bold, bool Muted, bool Joined, bool Break);

/// <summary>Words set into lines of a width.</summary>
public sealed class PdfText
{
    private const double Leading = 1.25;
    private readonly List<List<(PdfWord Word, double X)>> lines = [[]];

    public PdfText(IEnumerable<PdfWord> words, double width, PdfFonts fonts)
    {
        var x = 0.0;
        foreach (var word in words.SelectMany(w => Cut(w, width, fonts)))
        {
            var space = lines[^1].Count == 0 || word.Joined ? 0 : Wide(" ", word, fonts);
            var wide = Wide(word.Text, word, fonts);
            if (word.Break || (lines[^1].Count > 0 && x + space + wide > width + 0.01))
            {
                lines.Add([]);
                (x, space) = (0, 0);
            }

            lines[^1].Add((word, x + space));
            x += space + wide;
        }
    }

    public double Height => lines.Sum(High);

    /// <summary>The width that everything on one line, or the longest word alone, would take.</summary>
    public static (double Line, double Word) Widths(IEnumerable<PdfWord> words, PdfFonts fonts)
    {
        var (line, longest, all) = (0.0, 0.0, 0.0);
        foreach (var word in words)
        {
            var wide = Wide(word.Text, word, fonts);
            line = (word.Break ? 0 : line + (word.Joined || line == 0 ? 0 : Wide(" ", word, fonts))) + wide;
            (longest, all) = (Math.Max(longest, wide), Math.Max(all, line));
        }

        return (all, longest);
    }

    public void Draw(PdfDrawing page, double left, double top)
    {
        foreach (var line in lines)
        {
            var baseline = top + (line.Count == 0 ? 0 : line.Max(w => w.Word.Size));
            foreach (var (word, x) in line)
            {
                page.Text(word.Text, left + x, baseline, word.Size, word.Bold, word.Muted);
            }

            top += High(line);
        }
    }

    private static double High(List<(PdfWord Word, double X)> line) => line.Count == 0 ? 0 : line.Max(w => w.Word.Size) * Leading;

    private static double Wide(string text, PdfWord word, PdfFonts fonts) => fonts.Width(text, word.Size, word.Bold);

    /// <summary>A word that is wider than the column goes on in the next line; nothing is cut off.</summary>
    private static IEnumerable<PdfWord> Cut(PdfWord word, double width, PdfFonts fonts)
    {
        while (word.Text.Length > 1 && Wide(word.Text, word, fonts) > width)
        {
            var fits = word.Text.Length - 1;
            while (fits > 1 && Wide(word.Text[..fits], word, fonts) > width)
            {
                fits--;
            }

            yield return word with { Text = word.Text[..fits] };
            word = word with { Text = word.Text[fits..], Joined = true, Break = true };
        }

        yield return word;
    }
}
