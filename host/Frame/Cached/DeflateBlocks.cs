using System.IO.Compression;

namespace Modular.Host.Frame.Cached;

/// <summary>
/// Deflate in pieces that stand alone: after <see cref="End"/> the next piece starts with an empty window, so that bytes
/// compressed elsewhere may stand between two pieces.
/// </summary>
public sealed class DeflateBlocks(CompressionLevel level) : IDisposable
{
    // A final block without content, fixed codes (RFC 1951, 3.2.3).
    private static readonly byte[] Nothing = [3, 0];

    private readonly MemoryStream taken = new();
    private Outlet? outlet;
    private DeflateStream? deflate;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        outlet ??= new(taken);
        deflate ??= new(outlet, level);
        deflate.Write(bytes);
    }

    /// <summary>Bytes that are compressed already; <see cref="End"/> was called before.</summary>
    public void Insert(ReadOnlySpan<byte> deflated) => taken.Write(deflated);

    /// <summary>Everything written so far can be read by whoever gets it.</summary>
    public void Flush() => deflate?.Flush();

    /// <summary>Ends the piece on a byte.</summary>
    public void End(bool last)
    {
        Flush();
        if (outlet is not null)
        {
            // Disposing it would write a final block.
            outlet.IsClosed = true;
            deflate!.Dispose();
            (outlet, deflate) = (null, null);
        }

        if (last)
        {
            taken.Write(Nothing);
        }
    }

    /// <summary>What was compressed since the last time.</summary>
    public byte[] Taken()
    {
        var bytes = taken.ToArray();
        taken.SetLength(0);
        return bytes;
    }

    public void Dispose()
    {
        deflate?.Dispose();
        taken.Dispose();
    }

    private sealed class Outlet(Stream to) : Stream
    {
        public bool IsClosed { get; set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!IsClosed)
            {
                to.Write(buffer);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
