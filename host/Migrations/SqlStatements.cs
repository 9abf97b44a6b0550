using System.Text.RegularExpressions;

namespace Modular.Host.Migrations;

/// <summary>The statements of a script, each with the line it begins on. Asked when a script failed, to say where; what runs is the script.</summary>
public static partial class SqlStatements
{
    public static IEnumerable<(string Text, int Line)> Of(string sql)
    {
        var from = 0;
        foreach (var end in Pieces().Matches(sql).Where(m => m.ValueSpan is ";").Select(m => m.Index).Append(sql.Length))
        {
            from += Before().Match(sql[from..end]).Length;
            if (from < end)
            {
                yield return (sql[from..end], 1 + sql[..from].Count(c => c == '\n'));
            }

            from = end + 1;
        }
    }

    /// <summary>What may hold a semicolon that ends nothing, and the semicolon that does.</summary>
    [GeneratedRegex("""'(?:[^']|'')*'|"[^"]*"|(\$[A-Za-z_]*\$).*?\1|--[^\n]*|/\*.*?\*/|;""", RegexOptions.Singleline)]
    private static partial Regex Pieces();

    /// <summary>White space and comments.</summary>
    [GeneratedRegex("""\A(?:\s+|--[^\n]*|/\*.*?\*/)*""", RegexOptions.Singleline)]
    private static partial Regex Before();
}
