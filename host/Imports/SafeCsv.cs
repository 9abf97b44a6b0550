using System.Buffers;
using System.Text;

namespace Modular.Host.Imports;

/// <summary>CSV that a spreadsheet opens without running any of it: a cell that begins like a formula gets an apostrophe.</summary>
public static class SafeCsv
{
    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789 .,()-");

    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>So that spreadsheets read accents.</summary>
    public static byte[] ByteOrderMark { get; } = Encoding.UTF8.GetPreamble();

    public static string Line(IEnumerable<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            if (line.Length > 0)
            {
                line.Append(',');
            }

            line.Append(Quote(Guard(cell ?? "")));
        }

        return line.Append("\r\n").ToString();
    }

    public static string Guard(string cell) => cell.Length > 0 && FormulaStarts.Contains(cell[0]) && !IsNumber(cell) ? "'" + cell : cell;

    public static string Unguard(string cell) => cell.Length > 1 && cell[0] == '\'' && FormulaStarts.Contains(cell[1]) ? cell[1..] : cell;

    /// <summary>-12.50 is an amount and +1 617 555 0100 a phone number: no spreadsheet runs digits.</summary>
    private static bool IsNumber(string cell) => cell.Length > 1 && cell[0] is '+' or '-' && cell.AsSpan(1).IndexOfAnyExcept(NumberParts) < 0;

    // Always quoted: an empty first cell must still be a cell.
    private static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
