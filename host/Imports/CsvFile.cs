using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Modular.Host.Imports;

/// <summary>A CSV file as other systems write it: with or without byte order mark, UTF-8 or Windows, any usual delimiter.</summary>
public sealed class CsvFile : IDisposable
{
    /// <summary>A record over more lines is an opening quote that is never closed, and would swallow the rest of the file.</summary>
    private const int MostLines = 60;

    private const int LongestField = 200_000;
    private readonly CsvParser parser;

    private CsvFile(CsvParser parser, string[] headings, string encoding, string sha256) =>
        (this.parser, Headings, EncodingName, Sha256) = (parser, headings, encoding, sha256);

    public string[] Headings { get; }

    public string EncodingName { get; }

    public string Sha256 { get; }

    public string Delimiter => parser.Delimiter;

    /// <summary>Looks through the file once for its digest and encoding, then reads the headings.</summary>
    /// <param name="content">Must be seekable; rows are read from it one by one.</param>
    /// <exception cref="CsvRefusedException">Not a table.</exception>
    public static async Task<CsvFile> OpenAsync(Stream content, CancellationToken ct)
    {
        var (encoding, sha) = await InspectAsync(content, ct);
        content.Position = 0;
        var reader = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t", "|"],
            // A stray quote is a fault of one row, judged with the row.
            BadDataFound = null,
            MaxFieldSize = LongestField,
        });
        try
        {
            if (!await parser.ReadAsync() || parser.Record is not { Length: > 0 } first || first.All(string.IsNullOrWhiteSpace))
            {
                throw new CsvRefusedException("The file is empty: the first line must hold the headings.");
            }

            return new(parser, [.. Clean(first).Select((heading, i) => heading.Length == 0 ? $"Column {i + 1}" : heading)], encoding.WebName, sha);
        }
        catch (MaxFieldSizeException)
        {
            parser.Dispose();
            throw new CsvRefusedException("This does not look like a CSV file: its first line does not end.");
        }
    }

    /// <summary>The next row, or null at the end.</summary>
    /// <exception cref="CsvRefusedException">From here on the file cannot be told into rows.</exception>
    public async Task<string[]?> ReadAsync()
    {
        var line = parser.RawRow;
        try
        {
            if (!await parser.ReadAsync())
            {
                return null;
            }
        }
        catch (MaxFieldSizeException)
        {
            throw Unclosed(line);
        }

        return parser.RawRow - line > MostLines ? throw Unclosed(line) : Clean(parser.Record!);
    }

    private static CsvRefusedException Unclosed(int line) =>
        new($"From line {line + 1} on a quotation mark is opened and not closed. Correct that line and load the file again.");

    /// <summary>What PostgreSQL cannot keep goes; an apostrophe that our own export put before a formula comes off again.</summary>
    private static string[] Clean(string[] record) => [.. record.Select(cell => SafeCsv.Unguard(cell.Replace("\0", "", StringComparison.Ordinal).Trim()))];

    private static async Task<(Encoding, string)> InspectAsync(Stream content, CancellationToken ct)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var buffer = new byte[64 * 1024];
        var chars = new char[64 * 1024 + 4];
        var utf8 = true;
        var first = true;
        while (await content.ReadAsync(buffer, ct) is > 0 and var read)
        {
            sha.AppendData(buffer, 0, read);
            // UTF-16 with a byte order mark: the reader sees to it.
            utf8 = utf8 && (first && buffer is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || IsUtf8(decoder, buffer.AsSpan(0, read), chars));
            first = false;
        }

        return (utf8 ? new UTF8Encoding(false) : CodePagesEncodingProvider.Instance.GetEncoding(1252)!, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    private static bool IsUtf8(Decoder decoder, ReadOnlySpan<byte> bytes, char[] chars)
    {
        try
        {
            decoder.GetChars(bytes, chars, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    public void Dispose() => parser.Dispose();
}

public sealed class CsvRefusedException(string sentence) : Exception(sentence);
