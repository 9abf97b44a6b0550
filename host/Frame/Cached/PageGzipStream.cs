using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Modular.Host.Frame.Cached;

/// <summary>Writes gzip (RFC 1952): what comes is compressed, and where a mark stands the part itself goes in, compressed as it was kept.</summary>
public sealed class PageGzipStream(Stream output, PartsOfPage page) : Stream
{
    // Deflate, no name, no time, system unknown.
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    private readonly DeflateBlocks blocks = new(CompressionLevel.Fastest);
    private readonly MemoryStream halfMark = new();
    private uint sum;
    private long length;
    private bool begun;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        await SendAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!begun)
        {
            begun = true;
            blocks.Insert(Header);
        }

        if (halfMark.Length > 0)
        {
            // The mark was cut in two by the writer's buffer.
            halfMark.Write(buffer);
            var whole = halfMark.ToArray();
            halfMark.SetLength(0);
            buffer = whole;
        }

        var marked = page.Marked();
        while (marked is not null && buffer.IndexOf(PartsOfPage.Start[0]) is >= 0 and var at)
        {
            if (buffer.Length - at < PartsOfPage.Length)
            {
                halfMark.Write(buffer[at..]);
                buffer = buffer[..at];
                break;
            }

            var isMark = buffer[at..].StartsWith(PartsOfPage.Start) && marked.ContainsKey(PartsOfPage.NameIn(buffer[at..]));
            var text = isMark ? at : at + 1;
            Compress(buffer[..text]);
            if (isMark)
            {
                Insert(marked[PartsOfPage.NameIn(buffer[at..])]);
                text += PartsOfPage.Length;
            }

            buffer = buffer[text..];
        }

        Compress(buffer);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        blocks.Flush();
        await SendAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public override void Flush() => blocks.Flush();

    public override async ValueTask DisposeAsync()
    {
        Compress(halfMark.ToArray());
        if (begun)
        {
            blocks.End(last: true);
            var trailer = new byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, sum);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), (uint)length);
            blocks.Insert(trailer);
            await SendAsync(CancellationToken.None);
        }

        blocks.Dispose();
        await halfMark.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Compress(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        sum = Crc.Join(sum, Crc32.HashToUInt32(text), Crc.Shift(text.Length));
        length += text.Length;
        blocks.Write(text);
    }

    private void Insert(CachedPart part)
    {
        blocks.End(last: false);
        blocks.Insert(part.Deflated.Span);
        sum = Crc.Join(sum, part.Sum, part.Shift);
        length += part.Length;
    }

    private async ValueTask SendAsync(CancellationToken ct)
    {
        if (blocks.Taken() is { Length: > 0 } bytes)
        {
            await output.WriteAsync(bytes, ct);
        }
    }
}
