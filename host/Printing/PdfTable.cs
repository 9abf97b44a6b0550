using AngleSharp.Dom;

namespace Modular.Host.Printing;

/// <summary>Rows side by side: a column is as wide as what stands in it, and the head comes again on every page.</summary>
public sealed class PdfTable(PdfPaper paper)
{
    private const double Gap = 8;

    private double Size => paper.Format.Size;

    public void Definitions(IElement list)
    {
        var pairs = list.Children.Where(c => c.LocalName == "dt")
            .Select(dt => (IReadOnlyList<IReadOnlyList<PdfWord>>)[PdfWords.Of([dt], Size, bold: true), PdfWords.Of(dt.NextElementSibling is { LocalName: "dd" } dd ? [dd] : [], Size)]).ToList();
        Draw([], pairs, ruled: false, stretched: false);
    }

    public void Rows(IElement table)
    {
        var heads = table.QuerySelectorAll("thead tr").Select(Cells).ToList();
        Draw(heads, [.. table.QuerySelectorAll("tr").Where(r => r.Closest("thead") is null).Select(Cells)], ruled: true, stretched: true);
    }

    private IReadOnlyList<IReadOnlyList<PdfWord>> Cells(IElement row) => [.. row.Children.Select(cell => PdfWords.Of([cell], Size * 0.95, cell.LocalName == "th"))];

    private void Draw(List<IReadOnlyList<IReadOnlyList<PdfWord>>> heads, IReadOnlyList<IReadOnlyList<IReadOnlyList<PdfWord>>> rows, bool ruled, bool stretched)
    {
        if (heads.Count + rows.Count == 0)
        {
            return;
        }

        var widths = Widths([.. heads, .. rows], stretched);
        var set = rows.Select(row => Set(row, widths)).ToList();
        heads.ForEach(head => Row(Set(head, widths), 0.8));
        foreach (var row in set)
        {
            if (paper.Room(row.Max(cell => cell.Text.Height) + 4))
            {
                heads.ForEach(head => Row(Set(head, widths), 0.8));
            }

            Row(row, ruled ? 0.3 : 0);
        }

        paper.Skip(Size * 0.6);
    }

    private void Row(IReadOnlyList<(PdfText Text, double X)> row, double rule)
    {
        paper.Draw(row);
        if (rule > 0)
        {
            paper.Line(rule);
        }
        else
        {
            paper.Skip(2);
        }
    }

    private List<(PdfText Text, double X)> Set(IReadOnlyList<IReadOnlyList<PdfWord>> row, double[] widths) =>
        [.. row.Select((cell, i) => (new PdfText(cell, widths[i], paper.Fonts), widths.Take(i).Sum(w => w + Gap)))];

    /// <summary>Every column gets its longest word, what is left goes to those that have more to say.</summary>
    private double[] Widths(IReadOnlyList<IReadOnlyList<IReadOnlyList<PdfWord>>> rows, bool stretched)
    {
        var columns = rows.Max(r => r.Count);
        var wanted = Enumerable.Range(0, columns).Select(i => rows.Where(r => r.Count > i).Select(r => PdfText.Widths(r[i], paper.Fonts)).ToList())
            .Select(c => (Line: c.Max(w => w.Line), Word: c.Max(w => w.Word))).ToList();
        var room = paper.Width - ((columns - 1) * Gap);
        var (lines, words) = (wanted.Sum(w => w.Line), wanted.Sum(w => w.Word));
        if (lines <= room)
        {
            return [.. wanted.Select(w => w.Line + (stretched ? (room - lines) / columns : 0) + 0.1)];
        }

        return words >= room
            ? [.. wanted.Select(w => room * w.Word / words)]
            : [.. wanted.Select(w => w.Word + ((room - words) * (w.Line - w.Word) / (lines - words)))];
    }
}
