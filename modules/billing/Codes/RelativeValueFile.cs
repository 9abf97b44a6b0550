using System.Globalization;

namespace Modular.Billing.Codes;

/// <summary>
/// PPRRVU, Medicare's physician fee schedule: lines of notes, then headings that go over several lines, then a row a code. Columns are found
/// by their headings. The words of a heading stand one below the other, so the lines above the one that has HCPCS and MOD are put together
/// by column.
/// </summary>
public static class RelativeValueFile
{
    private static readonly string[] Headings =
    [
        "hcpcs", "mod", "status", "work", "nonfacpe", "facilitype", "mprvu", "pctcind", "globdays", "preop", "intraop", "postop", "multproc",
            "bilatsurg", "asstsurg", "cosurg", "teamsurg", "convfactor",
    ];

    /// <summary>How each column is called in the years' files, plain.</summary>
    private static readonly string[][] Names =
    [
        ["hcpcs"], ["mod"], ["statuscode", "status"], ["workrvu", "physicianworkrvu"], ["nonfacpervu", "nonfacpe", "transitionednonfacpervu"],
        ["facilitypervu", "facilitype", "transitionedfacilitypervu"], ["mprvu", "malpracticervu"], ["pctcind"], ["globdays"], ["preop"], ["intraop"],
            ["postop"],
        ["multproc"], ["bilatsurg"], ["asstsurg"], ["cosurg"], ["teamsurg"], ["convfactor"],
    ];

    public static IEnumerable<CodeLine> Read(TextReader file)
    {
        var above = new List<List<string>>();
        int[]? at = null;
        foreach (var (number, cells) in HeadedTable.Records(file))
        {
            if (at is null)
            {
                at = cells.Any(c => Plain(c) == "hcpcs") ? Columns(above, cells, number) : null;
                above.Add(cells);
                continue;
            }

            var columns = at;
            string Cell(int column) => columns[column] < cells.Count ? cells[columns[column]] : "";
            if (cells.All(c => c.Length == 0))
            {
                continue;
            }

            if (!TableFiles.IsService(Cell(0)))
            {
                throw new CodeLineException(number, $"“{CodeLine.Cut(Cell(0), 20)}” is no code of five characters.");
            }

            decimal Number(int column) => Cell(column).Length == 0 ? 0
                : decimal.TryParse(Cell(column), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value
                : throw new CodeLineException(number, $"“{CodeLine.Cut(Cell(column), 20)}” under “{Headings[column]}” is no number.");

            yield return new(number, null, null, Cell(0), Cell(1), Cell(2), Number(3), Number(4), Number(5), Number(6), Cell(7), Cell(8), Number(9),
                Number(10), Number(11),
                Cell(12), Cell(13), Cell(14), Cell(15), Cell(16), Number(17));
        }

        if (at is null)
        {
            throw new CodeLineException(1, "no line has the heading “HCPCS”: this is no file of the physician fee schedule.");
        }
    }

    private static int[] Columns(List<List<string>> above, List<string> last, int number)
    {
        // The words of a heading are in at most the four lines above; notes of one cell are none.
        var lines = above.TakeLast(4).Where(l => l.Count > 3).Append(last).ToList();
        var headings = Enumerable.Range(0, last.Count).Select(i => Plain(string.Concat(lines.Select(l => i < l.Count ? l[i] : "")))).ToList();
        int[] at =
            [.. Names.Select(names => names.Select(n => headings.FindIndex(h => h == n))
            .Concat(names.Select(n => headings.FindIndex(h => h.EndsWith(n, StringComparison.Ordinal)))).FirstOrDefault(i => i >= 0, -1))];
        var missing = Array.IndexOf(at, -1);
        return missing < 0 ? at : throw new CodeLineException(number, $"the heading “{Headings[missing]}” is missing.");
    }

    private static string Plain(string heading) => string.Concat(heading.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
