using System.Text;
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
    public void A_cell_that_a_spreadsheet_would_run_is_text_and_reads_back_as_it_was(string cell, string written)
    {
        Assert.Equal(written, SafeCsv.Guard(cell));
        Assert.Equal(cell, SafeCsv.Unguard(written));
    }

    private static Task<CsvFile> Open(byte[] bytes) => CsvFile.OpenAsync(new MemoryStream(bytes), default);
}
