using System.Globalization;

namespace Modular.Billing.Codes;

/// <summary>Official files that are tables, with lines of notes before the headings.</summary>
public static class TableFiles
{
    private static readonly string[] Dates = ["yyyyMMdd", "M/d/yyyy", "yyyy-MM-dd"];

    /// <summary>CPT and its modifiers as the AMA licenses them to a practice: columns are found by their headings.</summary>
    public static IEnumerable<CodeLine> Cpt(TextReader file)
    {
        foreach (var row in HeadedTable.Read(file, ["code|cpt code|cpt"], "short description|short",
            "long description|long|description|full description", "effective date|added", "end date|deleted|terminated"))
        {
            var code = CodeSystems.Plain(row[0]);
            var (given, full) = (row[1], row[2]);
            if (code.Length is not (2 or 5) || !code.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiDigit(code[0]))
            {
                throw new CodeLineException(row.Number,
                    $"“{CodeLine.Cut(row[0], 20)}” is no CPT code; it has five characters, a modifier two, and begins with a digit.");
            }

            if (given.Length + full.Length == 0)
            {
                throw new CodeLineException(row.Number, $"{code} has no description.");
            }

            yield return new(row.Number, Day(row, 3), Day(row, 4), code.Length == 2 ? CodeSystems.Modifier : CodeSystems.Cpt, code,
                CodeLine.Cut(given.Length > 0 ? given : full, 100), full.Length > 0 ? full : given, true, null);
        }
    }

    /// <summary>Places of service: code, name, and whether Medicare pays the facility rate there.</summary>
    public static IEnumerable<CodeLine> Places(TextReader file)
    {
        foreach (var row in HeadedTable.Read(file, ["code|place of service code|place of service code(s)|pos", "name|place of service name",
            "facility|payment rate"], "description"))
        {
            var code = row[0].PadLeft(2, '0');
            if (code.Length != 2 || !code.All(char.IsAsciiDigit) || row[1].Length == 0)
            {
                throw new CodeLineException(row.Number, "a place of service has two digits and a name.");
            }

            if (row[2].ToUpperInvariant() is not ("F" or "NF" or "Y" or "N" or "YES" or "NO"))
            {
                throw new CodeLineException(row.Number, $"under “facility” stands “{CodeLine.Cut(row[2], 20)}”; it is F, NF, yes or no.");
            }

            yield return new(row.Number, null, null, CodeSystems.Place, code, CodeLine.Cut(row[1], 100), row[3].Length > 0 ? row[3] : row[1], true,
                row[2].ToUpperInvariant() is "F" or "Y" or "YES");
        }
    }

    /// <summary>NCCI pairs: column 1, column 2, in existence before 1996, effective date, deletion date (* none), modifier 0, 1 or 9, rationale;
    /// tabs, no fixed headings.</summary>
    public static IEnumerable<CodeLine> Pairs(TextReader file)
    {
        var begun = false;
        for (var number = 1; file.ReadLine() is { } line; number++)
        {
            var cells = line.Replace("\0", "", StringComparison.Ordinal).Split('\t', StringSplitOptions.TrimEntries);
            if (cells.Length < 6 || !IsService(cells[0]) || !IsService(cells[1]))
            {
                // Notes and headings stand before the first pair; blank lines anywhere.
                if (begun && cells.Any(c => c.Length > 0))
                {
                    throw new CodeLineException(number,
                        "this is no pair (two codes, in existence before 1996, effective date, deletion date, modifier, rationale).");
                }

                continue;
            }

            begun = true;
            var from = Day(cells[3], number) ?? throw new CodeLineException(number, "the effective date is missing.");
            // The deletion date is the last day. A pair that was deleted before it began never held.
            var to = cells[4] is "*" or "" ? null : Day(cells[4], number);
            if (cells[5] is not ("0" or "1" or "9"))
            {
                throw new CodeLineException(number, $"the modifier indicator is “{CodeLine.Cut(cells[5], 5)}”; it is 0, 1 or 9.");
            }

            if (to is null || to >= from)
            {
                yield return new(number, from, to, cells[0], cells[1], from, cells[5], cells.Length > 6 ? CodeLine.Cut(cells[6], 200) : "");
            }
        }
    }

    /// <summary>Medically unlikely edits: code, value, adjudication indicator (begins with 1, 2 or 3), rationale.</summary>
    public static IEnumerable<CodeLine> Units(TextReader file)
    {
        foreach (var row in HeadedTable.Read(file, ["hcpcs/cpt code|hcpcs/ cpt code|code", "practitioner services mue values|mue values|value",
            "mue adjudication indicator"], "mue rationale|rationale"))
        {
            if (!IsService(row[0]))
            {
                throw new CodeLineException(row.Number, $"“{CodeLine.Cut(row[0], 20)}” is no code of five characters.");
            }

            if (!int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out var units))
            {
                throw new CodeLineException(row.Number, $"the number of units is “{CodeLine.Cut(row[1], 20)}”.");
            }

            if (row[2].Length == 0 || row[2][0] is not ('1' or '2' or '3'))
            {
                throw new CodeLineException(row.Number, "the adjudication indicator begins with 1, 2 or 3.");
            }

            yield return new(row.Number, null, null, row[0], units, row[2][..1], CodeLine.Cut(row[3], 200));
        }
    }

    internal static bool IsService(string code) => code.Length == 5 && code.All(char.IsAsciiLetterOrDigit) && code.Any(char.IsAsciiDigit);

    private static DateOnly? Day(HeadedRow row, int at) => row[at].Length == 0 ? null : Day(row[at], row.Number);

    private static DateOnly? Day(string text, int number) => DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None,
        out var day) ? day
        : throw new CodeLineException(number, $"“{CodeLine.Cut(text, 20)}” is no date.");
}
