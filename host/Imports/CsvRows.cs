using CsvHelper;

namespace Modular.Host.Imports;

/// <summary>
/// Tells text into records by CsvHelper (RFC 4180, any delimiter), which is forgiving where other systems are sloppy: a quotation mark
/// inside an unquoted value is a character, text after a closing one is kept. Not forgiven is where data would vanish: a quotation
/// mark that is never closed swallows the rows after it, and the file is refused.
/// </summary>
public sealed class CsvRows : IDisposable
{
    /// <summary>A record over more lines, or a longer value in quotation marks, is one that was never closed.</summary>
    private const int MostLines = 60, LongestValue = 200_000;

    /// <summary>In bytes. Long values side by side are still a row; where the line does not end for so long there is no table.</summary>
    private const int LongestRecord = 4_000_000;

    private readonly CsvReader reader;
    private (long Line, string Text)? malformed;

    public CsvRows(TextReader text, char delimiter) => reader = CsvReader.Create(text, new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRecord,
        IncludeValuesInExceptions = false,
        OnMalformedRecord = record => malformed = record.Reason == CsvMalformedReason.UnterminatedQuote
            ? throw NeverClosed(record.LineNumber)
            : (record.LineNumber, record.RawRecord),
    }, leaveOpen: true);

    /// <summary>The next record, empty lines left out; null at the end.</summary>
    /// <exception cref="CsvRefusedException">From here on the file cannot be told into rows.</exception>
    public string[]? Read()
    {
        while (Next())
        {
            var record = new string[reader.FieldCount];
            for (var i = 0; i < record.Length; i++)
            {
                record[i] = reader.GetString(i);
            }

            if (reader.RawRecord.Count((byte)'\n') > MostLines
                || (reader.RawRecord.Length > LongestValue && record.Any(value => value.Length > LongestValue) && reader.RawRecord.Contains((byte)'"')))
            {
                throw NeverClosed(reader.LineNumber);
            }

            if (record.Length > 1 || record[0].Trim().Length > 0)
            {
                return record;
            }
        }

        return null;
    }

    private bool Next()
    {
        var last = malformed;
        malformed = null;
        try
        {
            return reader.Read() || (last is { } record && StaysOpen(record.Text) ? throw NeverClosed(record.Line) : false);
        }
        catch (CsvFormatException endless)
        {
            throw NeverClosed(endless.LineNumber);
        }
    }

    /// <summary>Of several faults in a record only the first is told, so an open mark is found by what it does: it swallows the next line.</summary>
    private bool StaysOpen(string record)
    {
        using var text = new StringReader(record + "\nnext");
        using var again = CsvReader.Create(text, new() { Separator = reader.Separator, HasHeader = false, TrimWhitespace = true });
        return again.Read() && !again.Read();
    }

    private static CsvRefusedException NeverClosed(long line) =>
        new($"In line {line} a quotation mark is opened and not closed. Correct that line and load the file again.");

    public void Dispose() => reader.Dispose();

    /// <summary>The delimiter that splits the first lines most often and alike; a comma when none does.</summary>
    public static char Detect(string start)
    {
        var best = (Delimiter: ',', Score: 0);
        foreach (var candidate in new[] { ',', ';', '\t', '|' })
        {
            using var rows = new CsvRows(new StringReader(start), candidate);
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
