using System.Text;

namespace Modular.Host.Imports;

/// <summary>
/// Tells text into records (RFC 4180, any delimiter). Forgiving where other systems are sloppy: a quotation mark inside an
/// unquoted value is a character, text after a closing one is kept. Not forgiving where data would vanish: a quotation mark
/// that is never closed would swallow the rest of the file, and is refused.
/// </summary>
public sealed class CsvRows(TextReader reader, char delimiter)
{
    /// <summary>A record over more lines, or a longer value, is a quotation mark that was never closed.</summary>
    private const int MostLines = 60, LongestValue = 200_000;

    private readonly StringBuilder value = new();
    private readonly List<string> record = [];
    private int line = 1;

    /// <summary>The next record, empty lines left out; null at the end.</summary>
    /// <exception cref="CsvRefusedException">From here on the file cannot be told into rows.</exception>
    public string[]? Read()
    {
        while (reader.Peek() >= 0)
        {
            ReadRecord();
            if (record.Count > 1 || record[0].Trim().Length > 0)
            {
                return [.. record];
            }
        }

        return null;
    }

    private void ReadRecord()
    {
        record.Clear();
        value.Clear();
        var first = line;
        var quoted = false;
        while (true)
        {
            var c = reader.Read();
            if (quoted && (c < 0 || line - first > MostLines || value.Length > LongestValue))
            {
                throw new CsvRefusedException($"In line {first} a quotation mark is opened and not closed. Correct that line and load the file again.");
            }

            if (c < 0)
            {
                break;
            }

            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                quoted = InsideQuotes((char)c);
            }
            else if (c == '"' && IsBlank(value))
            {
                value.Clear();
                quoted = true;
            }
            else if (c == delimiter)
            {
                EndValue();
            }
            else if (c is '\n' or '\r')
            {
                line += c == '\r' && reader.Peek() == '\n' && reader.Read() >= 0 ? 1 : 0;
                break;
            }
            else
            {
                value.Append((char)c);
            }
        }

        EndValue();
    }

    /// <returns>Whether the quotation is still open.</returns>
    private bool InsideQuotes(char c)
    {
        if (c != '"')
        {
            value.Append(c);
            return true;
        }

        if (reader.Peek() != '"')
        {
            return false;
        }

        reader.Read();
        value.Append('"');
        return true;
    }

    private void EndValue()
    {
        record.Add(value.ToString());
        value.Clear();
    }

    private static bool IsBlank(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The delimiter that splits the first lines most often and alike; a comma when none does.</summary>
    public static char Detect(string start)
    {
        var best = (Delimiter: ',', Score: 0);
        foreach (var candidate in new[] { ',', ';', '\t', '|' })
        {
            var rows = new CsvRows(new StringReader(start), candidate);
            var widths = new List<int>();
            try
            {
                while (widths.Count < 10 && rows.Read() is { } row)
                {
                    widths.Add(row.Length);
                }
            }
            catch (CsvRefusedException)
            {
                // The sample ends inside a quotation.
            }

            var score = widths.Count == 0 ? 0 : (widths[0] - 1) * widths.Count(w => w == widths[0]);
            best = score > best.Score ? (candidate, score) : best;
        }

        return best.Delimiter;
    }
}

public sealed class CsvRefusedException(string sentence) : Exception(sentence);
