using System.Globalization;

namespace Modular.Billing.Codes;

/// <summary>Official files whose lines have columns by position (counted from 1 in the publishers' record layouts).</summary>
public static class FixedFiles
{
    /// <summary>ICD-10-CM order file: 1–5 order, 7–13 code, 15 flag (1 for claims, 0 heading), 17–76 short and 78– long description.</summary>
    public static IEnumerable<CodeLine> Diagnoses(TextReader file)
    {
        foreach (var (number, line) in Lines(file))
        {
            var code = Part(line, 7, 13);
            if (!Part(line, 1, 5).All(char.IsAsciiDigit) || code.Length is < 3 or > 7 || !char.IsAsciiLetter(code[0])
                || !code.All(char.IsAsciiLetterOrDigit)
                || Part(line, 15, 15) is not ("0" or "1") || Part(line, 17, 76).Length == 0)
            {
                throw new CodeLineException(number,
                    "this is no line of the ICD-10-CM order file (order number, code, 0 or 1, short and long description).");
            }

            var name = Part(line, 17, 76);
            yield return new(number, null, null, CodeSystems.Diagnosis, code.ToUpperInvariant(), name, Part(line, 78, 500) is { Length: > 0 } full
                ? full : name,
                line[14] == '1', null);
        }
    }

    /// <summary>
    /// HCPCS Level II: 1–5 code (a modifier in 4–5), 6–10 sequence, 11 kind (3 and 7 begin a code or a modifier, 4 and 8 go on with its long
    /// description), 12–91 long,
    /// 92–119 short description, 269–276 added, 285–292 ended.
    /// </summary>
    public static IEnumerable<CodeLine> Hcpcs(TextReader file)
    {
        Begun? open = null;
        foreach (var (number, line) in Lines(file))
        {
            var (code, kind) = (Part(line, 1, 5), Part(line, 11, 11));
            if (kind is "4" or "8" && open?.Code == code)
            {
                open = open with { Long = $"{open.Long} {Part(line, 12, 91)}" };
                continue;
            }

            if (kind is not ("3" or "7") || code.Length != (kind == "3" ? 5 : 2) || !code.All(char.IsAsciiLetterOrDigit))
            {
                throw new CodeLineException(number, kind is "4" or "8"
                    ? $"it goes on with {code}, and the line before does not begin it."
                        : "this is no line of the HCPCS file (code, sequence, kind of record 3, 4, 7 or 8).");
            }

            if (open is not null)
            {
                yield return open.Line();
            }

            open = new(number, code.ToUpperInvariant(), Part(line, 92, 119), Part(line, 12, 91), Day(line, 269, number), Day(line, 285, number),
                kind == "7");
        }

        if (open is not null)
        {
            yield return open.Line();
        }
    }

    /// <summary>An entry whose long description may go on in the next line.</summary>
    private sealed record Begun(int Number, string Code, string Short, string Long, DateOnly? From, DateOnly? To, bool Modifier)
    {
        public CodeLine Line() => new(
            Number, From, To, Modifier ? CodeSystems.Modifier : CodeSystems.Hcpcs, Code, CodeLine.Cut(Short.Length > 0 ? Short : Long, 100), Long,
                true, null);
    }

    private static DateOnly? Day(string line, int from, int number)
    {
        var text = Part(line, from, from + 7);
        return text.Length == 0 ? null : DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day) ? day
            : throw new CodeLineException(number, $"“{CodeLine.Cut(text, 8)}” in columns {from} to {from + 7} is no date of the form YYYYMMDD.");
    }

    private static IEnumerable<(int Number, string Line)> Lines(TextReader file)
    {
        for (var number = 1; file.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (number, line.Replace("\0", "", StringComparison.Ordinal));
            }
        }
    }

    private static string Part(string line, int from, int to) => line.Length < from ? "" : line[(from - 1)..Math.Min(to, line.Length)].Trim();
}
