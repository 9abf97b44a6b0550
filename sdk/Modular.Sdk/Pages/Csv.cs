using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Modular.Sdk;

/// <summary>
/// The one writer of tables for spreadsheets. What a spreadsheet would run as a formula is made text, with an apostrophe before it: at the
/// beginning of a cell, and inside one after whatever a program with other settings takes for the end of a cell (comma, semicolon, tab, line break).
/// </summary>
public static class Csv
{
    private const string Starts = "=+-@＝＋－＠";
    private const string Ends = ",;\t\r\n";
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");
    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789 .,()-");

    /// <summary>The first bytes of a file, by which spreadsheets know that accents are UTF-8.</summary>
    public static byte[] ByteOrderMark => Encoding.UTF8.GetPreamble();

    /// <summary>A list as a file. The slice asks the same query as its list, without the page.</summary>
    /// <example><code>return Csv.File("patients", rows, ("Name", p =&gt; p.Name), ("Born", p =&gt; p.BirthDate));</code></example>
    public static FileContentResult File<T>(string name, IEnumerable<T> rows, params (string Heading, Func<T, object?> Value)[] columns) =>
        new(Write(rows, columns), "text/csv; charset=utf-8") { FileDownloadName = $"{name}.csv" };

    /// <summary>The bytes of <see cref="File{T}"/>: a line of headings, a line a row.</summary>
    public static byte[] Write<T>(IEnumerable<T> rows, params (string Heading, Func<T, object?> Value)[] columns)
    {
        var text = new StringBuilder();
        AppendLine(text, columns.Select(c => Guard(c.Heading)));
        foreach (var row in rows)
        {
            AppendLine(text, columns.Select(c => Text(c.Value(row))));
        }

        return [.. ByteOrderMark, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>
    /// One line of a file that is written as it goes, its end included. Null is an empty cell without quotation marks, an empty text one with them.
    /// </summary>
    /// <example><code>await body.WriteAsync(Encoding.UTF8.GetBytes(Csv.Line([person, reason])), ct);</code></example>
    public static string Line(IEnumerable<string?> cells) =>
        string.Join(',', cells.Select(cell => cell is null ? "" : Quote(Guard(cell)))) + "\r\n";

    /// <summary>The cell with an apostrophe before each part that a spreadsheet would run. Numbers and phone numbers stay: no spreadsheet runs digits.</summary>
    public static string Guard(string cell) => IsNumber(cell) ? cell : Guarded(cell);

    /// <summary>The cell as it was before <see cref="Guard"/>.</summary>
    public static string Unguard(string cell)
    {
        if (!cell.Contains('\'', StringComparison.Ordinal))
        {
            return cell;
        }

        var text = new StringBuilder(cell.Length);
        var begins = true;
        for (var i = 0; i < cell.Length; i++)
        {
            var guards = begins && cell[i] == '\'' && i + 1 < cell.Length
                && (Starts.Contains(cell[i + 1], StringComparison.Ordinal) || (i == 0 && cell[1] is '\t' or '\r'));
            if (!guards)
            {
                text.Append(cell[i]);
                begins = Begins(begins, cell[i]);
            }
            else
            {
                text.Append(cell[++i]);
                begins = Begins(false, cell[i]);
            }
        }

        return text.ToString();
    }

    private static string Guarded(string cell)
    {
        var text = new StringBuilder(cell.Length);
        var begins = true;
        for (var i = 0; i < cell.Length; i++)
        {
            var runs = begins && Starts.Contains(cell[i], StringComparison.Ordinal) && (i == 0 || !IsNumber(Part(cell, i)));
            text.Append(runs || (i == 0 && cell[0] is '\t' or '\r') ? "'" : "").Append(cell[i]);
            begins = Begins(begins, cell[i]);
        }

        return text.ToString();
    }

    /// <summary>Whether what comes next may be taken for the beginning of a cell: blanks and quotation marks do not change that.</summary>
    private static bool Begins(bool before, char c) =>
        Ends.Contains(c, StringComparison.Ordinal) || (before && (c == '"' || c == '\'' || char.IsWhiteSpace(c)));

    private static string Part(string cell, int from) =>
        cell.AsSpan(from).IndexOfAny(Ends) is >= 0 and var end ? cell[from..(from + end)] : cell[from..];

    /// <summary>-12.50 is an amount and +1 617 555 0100 a phone number.</summary>
    private static bool IsNumber(string text) => text.Length > 1 && text[0] is '+' or '-' && text.AsSpan(1).IndexOfAnyExcept(NumberParts) < 0;

    private static string Text(object? value) => value switch
    {
        null => "",
        // A text is a text, even one of digits: numbers are written as numbers.
        string text => Guarded(text),
        DateOnly date => Said.ShortDay(date),
        DateTimeOffset instant => instant.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Guarded(value.ToString() ?? ""),
    };

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(c => c.AsSpan().ContainsAny(Quoted) ? Quote(c) : c)).Append("\r\n");

    private static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
