using System.Text;

namespace Modular.Billing.Codes;

/// <summary>One row under headings, its cells in the order they were asked for; empty where the table has no such column.</summary>
public sealed record HeadedRow(int Number, IReadOnlyList<string> Cells)
{
    public string this[int at] => Cells[at];
}

/// <summary>
/// A table of commas or tabs whose headings come after some lines of notes, as CMS publishes them. Columns are found by their headings, never
/// by their count. A cell in quotation marks may go over several lines, as headings do.
/// </summary>
public static class HeadedTable
{
    private const int MostNotes = 60;

    /// <param name="needed">Headings that must be there, each with its other names behind bars; the row that has them all is the headings.</param>
    /// <param name="also">Headings that may be there.</param>
    public static IEnumerable<HeadedRow> Read(TextReader file, string[] needed, params string[] also)
    {
        int[]? at = null;
        foreach (var (number, cells) in Records(file))
        {
            if (at is null)
            {
                var headings = cells.Select(Plain).ToList();
                int[] found = [.. needed.Concat(also).Select(names => Find(headings, names))];
                at = found.Take(needed.Length).All(i => i >= 0) ? found : null;
                if (at is null && number > MostNotes)
                {
                    break;
                }
            }
            else if (cells.Any(c => c.Length > 0))
            {
                yield return new(number, [.. at.Select(i => i >= 0 && i < cells.Count ? cells[i] : "")]);
            }
        }

        if (at is null)
        {
            throw new CodeLineException(1, $"no line has the headings {string.Join(", ", needed.Select(n => $"“{n.Split('|')[0]}”"))}.");
        }
    }

    /// <summary>Records with the number of their first line; the delimiter is the one that the line has most of.</summary>
    public static IEnumerable<(int Number, List<string> Cells)> Records(TextReader file)
    {
        for (var number = 1; file.ReadLine() is { } line; number++)
        {
            var first = number;
            // A heading may go on in the next line; what is never closed ends with the file or is no row of this table.
            for (var more = 0; line.Count(c => c == '"') % 2 == 1 && more < 20 && file.ReadLine() is { } next; more++, number++)
            {
                line += ' ' + next;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (first, Cells(line.Replace("\0", "", StringComparison.Ordinal), line.Count(c => c == '\t') > line.Count(c => c == ',')
                    ? '\t' : ','));
            }
        }
    }

    private static List<string> Cells(string line, char delimiter)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    cell.Append(line[i++]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == delimiter && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static int Find(List<string> headings, string names) =>
        names.Split('|').Select(n => headings.IndexOf(Plain(n))).FirstOrDefault(i => i >= 0, -1);

    private static string Plain(string heading) => string.Concat(heading.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
