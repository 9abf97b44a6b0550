using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Http;
using Modular.Host.Frame.Cached;

namespace Modular.Tests.Frame;

/// <summary>Parts of a page that go out as they were compressed before: whoever reads the page sees one text.</summary>
public sealed class CachedPartTests
{
    private const string Head = "<main>Día de los médicos";
    private const string Foot = "</main>";
    private static readonly string Day = string.Concat(Enumerable.Range(0, 500).Select(i => $"<div>Visit {i} of Zoë</div>"));

    [Fact]
    public void The_sum_of_two_texts_is_put_together_from_their_sums()
    {
        var (a, b) = (Encoding.UTF8.GetBytes(Head), Encoding.UTF8.GetBytes(Day));

        Assert.Equal(Crc32.HashToUInt32([.. a, .. b]), Crc.Join(Crc32.HashToUInt32(a), Crc32.HashToUInt32(b), Crc.Shift(b.Length)));
        // Nothing before it, and the check value that every description of this sum gives.
        Assert.Equal(0xCBF43926, Crc.Join(0, Crc32.HashToUInt32("123456789"u8), Crc.Shift(9)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(26)]
    [InlineData(4096)]
    public async Task However_the_page_is_cut_when_it_is_written_the_reader_gets_it_whole(int cut)
    {
        var page = Page();
        var written = Encoding.UTF8.GetBytes($"{Head}{page.Mark(new(Day))}–{page.Mark(new(""))}{page.Mark(new(Day))}{Foot}");

        Assert.Equal($"{Head}{Day}–{Day}{Foot}", await ReadAsync(page, written.Chunk(cut)));
    }

    [Fact]
    public async Task A_page_that_is_nothing_but_a_part_is_read_too()
    {
        var page = Page();

        Assert.Equal(Day, await ReadAsync(page, [Encoding.UTF8.GetBytes(page.Mark(new(Day)).ToString()!)]));
    }

    [Fact]
    public async Task What_looks_like_a_mark_and_is_none_stays_text()
    {
        var page = Page();
        page.Mark(new(Day));
        const string text = "\uE000AAAAAAAAAAAAAAAAAAAAAA and \uE000 at the end \uE000";

        Assert.Equal(text, await ReadAsync(page, [Encoding.UTF8.GetBytes(text)]));
    }

    private static PartsOfPage Page() => new(new HttpContextAccessor { HttpContext = new DefaultHttpContext() });

    /// <summary>.NET's reader checks length and sum at the end.</summary>
    private static async Task<string> ReadAsync(PartsOfPage page, IEnumerable<byte[]> pieces)
    {
        using var sent = new MemoryStream();
        await using (var stream = new PageGzipStream(sent, page))
        {
            foreach (var piece in pieces)
            {
                await stream.WriteAsync(piece, TestContext.Current.CancellationToken);
            }
        }

        sent.Position = 0;
        await using var gzip = new GZipStream(sent, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
