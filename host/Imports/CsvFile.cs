using System.Security.Cryptography;
using System.Text;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>A CSV file as other systems write it: with or without byte order mark, UTF-8, UTF-16 or Windows, any usual delimiter.</summary>
public sealed class CsvFile : IDisposable
{
    private const int SampleLength = 16 * 1024;
    private readonly StreamReader reader;
    private readonly CsvRows rows;

    private CsvFile(StreamReader reader, CsvRows rows, string[] headings, string sha256, char delimiter) =>
        (this.reader, this.rows, Headings, Sha256, Delimiter) = (reader, rows, headings, sha256, delimiter);

    public string[] Headings { get; }

    public string EncodingName => reader.CurrentEncoding.WebName;

    public string Sha256 { get; }

    public char Delimiter { get; }

    /// <summary>Looks through the file once for its digest and encoding, then reads the headings.</summary>
    /// <param name="content">Must be seekable; rows are read from it one by one.</param>
    /// <exception cref="CsvRefusedException">Not a table.</exception>
    public static async Task<CsvFile> OpenAsync(Stream content, CancellationToken ct)
    {
        var (encoding, sha) = await InspectAsync(content, ct);
        var delimiter = CsvRows.Detect(await SampleAsync(content, encoding, ct));
        content.Position = 0;
        var reader = Reader(content, encoding);
        var rows = new CsvRows(reader, delimiter);
        if (rows.Read() is not { } first)
        {
            rows.Dispose();
            reader.Dispose();
            throw new CsvRefusedException("The file is empty: the first line must hold the headings.");
        }

        return new(reader, rows, [.. Clean(first).Select((heading, i) => heading.Length == 0 ? $"Column {i + 1}" : heading)], sha, delimiter);
    }

    /// <summary>The next row, or null at the end.</summary>
    /// <exception cref="CsvRefusedException">From here on the file cannot be told into rows.</exception>
    public string[]? Read() => rows.Read() is { } row ? Clean(row) : null;

    /// <summary>What PostgreSQL cannot keep goes; an apostrophe that our own export put before a formula comes off again.</summary>
    private static string[] Clean(string[] record) => [.. record.Select(cell => Csv.Unguard(cell.Replace("\0", "", StringComparison.Ordinal).Trim()))];

    private static StreamReader Reader(Stream content, Encoding encoding) =>
        new(content, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);

    private static async Task<string> SampleAsync(Stream content, Encoding encoding, CancellationToken ct)
    {
        content.Position = 0;
        using var reader = Reader(content, encoding);
        var sample = new char[SampleLength];
        return new(sample, 0, await reader.ReadBlockAsync(sample, ct));
    }

    private static async Task<(Encoding, string)> InspectAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var buffer = new byte[64 * 1024];
        var chars = new char[buffer.Length + 4];
        var utf8 = true;
        while (await content.ReadAsync(buffer, ct) is > 0 and var read)
        {
            sha.AppendData(buffer, 0, read);
            utf8 = utf8 && IsUtf8(decoder, buffer.AsSpan(0, read), chars);
        }

        // Every byte means something in Windows-1252, so it is what a file is that is not UTF-8; UTF-16 announces itself.
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

    public void Dispose()
    {
        rows.Dispose();
        reader.Dispose();
    }
}
