using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Modular.Sdk;

/// <summary>A list as a file for a spreadsheet. The slice asks the same query as its list, without the page.</summary>
public static class Csv
{
    /// <example><code>return Csv.File("patients", rows, ("Name", p =&gt; p.Name), ("Born", p =&gt; p.BirthDate));</code></example>
    public static FileContentResult File<T>(string name, IEnumerable<T> rows, params (string Heading, Func<T, object?> Value)[] columns) =>
        new(Write(rows, columns), "text/csv; charset=utf-8") { FileDownloadName = $"{name}.csv" };

    public static byte[] Write<T>(IEnumerable<T> rows, params (string Heading, Func<T, object?> Value)[] columns)
    {
        var text = new StringBuilder();
        Line(text, columns.Select(c => c.Heading));
        foreach (var row in rows)
        {
            Line(text, columns.Select(c => Text(c.Value(row))));
        }

        // The mark at the start tells spreadsheets that accents are UTF-8.
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        // A cell that begins like a formula would run in the reader's spreadsheet; numbers are written as numbers and stay.
        string text when text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) => "'" + text,
        DateOnly date => Said.ShortDay(date),
        DateTimeOffset instant => instant.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(c => c.AsSpan().ContainsAny(",\"\r\n") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c)).Append("\r\n");
}
