using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk;
using Modular.Host.Imports;

namespace Modular.Tests.Imports;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n\"1,5\";2\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b|c\n1,2|2|3\n", '|')]
    public async Task The_delimiter_is_found(string text, char delimiter)
    {
        using var file = await Open(Encoding.UTF8.GetBytes(text));

        Assert.Equal(delimiter, file.Delimiter);
    }

    [Fact]
    public async Task Accents_survive_utf8_with_and_without_mark_utf16_and_windows()
    {
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        foreach (var encoding in new[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode, windows })
        {
            using var file = await Open([.. encoding.GetPreamble(), .. encoding.GetBytes("Name\nJosé Muñoz\n")]);

            Assert.Equal(["Name"], file.Headings);
            Assert.Equal(["José Muñoz"], file.Read()!);
        }
    }

    [Fact]
    public async Task Quotes_line_breaks_and_sloppy_rows_are_kept_as_they_are()
    {
        using var file = await Open(Encoding.UTF8.GetBytes("a,b,c\r\n\"x, \"\"y\"\"\",\"two\nlines\",3\r\n\r\n5' 10\",short\r\n1,2,3,4\r\nlast,without,newline"));

        Assert.Equal(["x, \"y\"", "two\nlines", "3"], file.Read()!);
        Assert.Equal(["5' 10\"", "short"], file.Read()!);
        Assert.Equal(["1", "2", "3", "4"], file.Read()!);
        Assert.Equal(["last", "without", "newline"], file.Read()!);
        Assert.Null(file.Read());
    }

    [Theory]
    [InlineData("a,b\n1,\"x\n2,y\n", 2)]
    [InlineData("a,b\n1,2\n5' 10\",\"x\n2,y", 3)] // another fault comes first in that row
    [InlineData("a,b\r\n1,2\r\n\"", 3)]
    [InlineData("a,b\r1,2\r3,\"x", 3)] // of an old Macintosh
    public async Task A_quotation_that_is_open_at_the_end_is_told_with_its_line(string text, int line) =>
        Assert.StartsWith($"In line {line} a quotation mark is opened and not closed.", await RefusalAsync(text), StringComparison.Ordinal);

    [Fact]
    public async Task A_quotation_that_swallows_rows_until_the_next_mark_is_told_with_its_line()
    {
        var rows = string.Concat(Enumerable.Range(0, 70).Select(i => $"{i},Ada\n"));

        Assert.StartsWith("In line 2 ", await RefusalAsync($"a,b\n\"x,y\n{rows}1,\"z\"\n"), StringComparison.Ordinal);
        Assert.StartsWith("In line 2 ", await RefusalAsync($"a,b\n\"{new string('x', 200_001)}\",y\n"), StringComparison.Ordinal);
        Assert.StartsWith("In line 2 ", await RefusalAsync($"a,b\n\"{new string('x', 9_000_000)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_of_many_pages_is_a_value_like_any_other()
    {
        var note = string.Concat(Enumerable.Repeat("Seen again. \"Better\".\n", 25)) + new string('x', 150_000);

        using var file = await Open(Encoding.UTF8.GetBytes($"a,b\n\"{note.Replace("\"", "\"\"")}\",\"{note.Replace("\"", "\"\"")}\"\n1,2\n"));

        Assert.Equal([note, note], file.Read()!);
        Assert.Equal(["1", "2"], file.Read()!);
    }

    [Fact]
    public async Task What_is_round_a_value_and_what_no_database_keeps_is_left_out()
    {
        using var file = await Open(Encoding.UTF8.GetBytes("a\tb\n  x \t \" y, z \" \n\0n\0ul\t\"'=1\"\n \n"));

        Assert.Equal(["x", "y, z"], file.Read()!);
        Assert.Equal(["nul", "=1"], file.Read()!);
        Assert.Null(file.Read());
    }

    [Fact]
    public async Task A_file_of_a_hundred_megabytes_is_read_row_by_row()
    {
        var content = new Repeated("Name,Note\n"u8.ToArray(), Encoding.UTF8.GetBytes("\"José, Ana\",\"was \"\"seen\"\"\"\n"), 100_000_000);
        using var file = await CsvFile.OpenAsync(content, default);
        var (rows, bytes) = (0, 0L);
        while (file.Read() is { } row)
        {
            rows += row is ["José, Ana", "was \"seen\""] ? 1 : 0;
            // What was read and not yet told in rows is all that lies in memory.
            Assert.InRange(content.Position - (bytes += 28), 0, 300_000);
        }

        Assert.Equal(100_000_000 / 28, rows);
    }

    [Fact]
    public async Task An_empty_file_is_refused_with_a_sentence() =>
        Assert.Equal("The file is empty: the first line must hold the headings.", (await Assert.ThrowsAsync<CsvRefusedException>(() => Open("\n \n"u8.ToArray()))).Message);

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd", "'-2+3+cmd")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("+1 (617) 555-0100", "+1 (617) 555-0100")]
    [InlineData("O'Brien", "O'Brien")]
    [InlineData("x;=HYPERLINK(\"http://x\")", "x;'=HYPERLINK(\"http://x\")")]
    [InlineData("x, @SUM(A1)", "x, '@SUM(A1)")]
    [InlineData("x\t=1+1", "x\t'=1+1")]
    [InlineData("x\r\n-cmd|'/C calc'!A0", "x\r\n'-cmd|'/C calc'!A0")]
    [InlineData("x\n\"=1+1", "x\n\"'=1+1")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData(" =1+1", " '=1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("'=1", "''=1")]
    [InlineData("left knee; -2.5, +30", "left knee; -2.5, +30")]
    [InlineData("a = b, c - d", "a = b, c - d")]
    public void A_cell_that_a_spreadsheet_would_run_is_text_and_reads_back_as_it_was(string cell, string written)
    {
        Assert.Equal(written, Csv.Guard(cell));
        Assert.Equal(cell, Csv.Unguard(written));
    }

    [Fact]
    public void Whatever_is_written_has_no_formula_after_anything_that_may_end_a_cell_and_reads_back_as_it_was() => Prop.ForAll<string>(text =>
    {
        var written = Csv.Guard(text ?? "");
        return Csv.Unguard(written) == (text ?? "") && (written == text || !Regex.IsMatch(written, "(^|[,;\t\r\n])[ \"]*[=@＝＋－＠]"));
    }).QuickCheckThrowOnFailure();

    private static async Task<string> RefusalAsync(string text)
    {
        using var file = await Open(Encoding.UTF8.GetBytes(text));
        return Assert.Throws<CsvRefusedException>(() =>
        {
            while (file.Read() is not null)
            {
            }
        }).Message;
    }

    private static Task<CsvFile> Open(byte[] bytes) => CsvFile.OpenAsync(new MemoryStream(bytes), default);
}

/// <summary>A long file that takes no memory: headings, and then the same line again and again.</summary>
internal sealed class Repeated(byte[] head, byte[] line, long about) : Stream
{
    private long at;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => head.Length + (about / line.Length * line.Length);
    public override long Position { get => at; set => at = value; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Length - at);
        for (var i = 0; i < count; i++, at++)
        {
            buffer[i] = at < head.Length ? head[at] : line[(at - head.Length) % line.Length];
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
