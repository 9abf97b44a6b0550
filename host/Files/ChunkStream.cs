using Modular.Host.Data;
using Modular.Host.Postgres;

namespace Modular.Host.Files;

/// <summary>Reads a stored file chunk by chunk, so that a large one never sits in memory whole.</summary>
public sealed class ChunkStream(Work work, string sha256, long length) : Stream
{
    private byte[] chunk = [];
    private int position;
    private int next;
    private long read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position == chunk.Length && !await FetchAsync(cancellationToken))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, chunk.Length - position);
        chunk.AsMemory(position, count).CopyTo(buffer);
        position += count;
        read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private async Task<bool> FetchAsync(CancellationToken ct)
    {
        if (read >= length)
        {
            return false;
        }

        var connection = await work.OpenAsync(ct);
        await using var command = connection.Command("select body from core.file_chunks where sha256 = $1 and number = $2", sha256, next++);
        chunk = (byte[]?)await command.ExecuteScalarAsync(ct) ?? throw new InvalidDataException($"A chunk of the file {sha256} is missing.");
        position = 0;
        return true;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
