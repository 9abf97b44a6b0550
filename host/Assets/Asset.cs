using System.Buffers.Text;
using System.IO.Compression;
using System.IO.Hashing;

namespace Modular.Host.Assets;

/// <summary>
/// One file for the browser. Small ones stay in memory, compressed once when first asked for; its address carries the hash of its
/// content, so browsers keep it for ever.
/// </summary>
public sealed class Asset
{
    private const long InMemory = 2 * 1024 * 1024;

    private readonly byte[]? content;
    private readonly Lazy<byte[]>? brotli;
    private readonly Lazy<byte[]>? gzip;

    private Asset(string name, byte[] hash, byte[]? content, string? path)
    {
        Name = name;
        Hash = Base64Url.EncodeToString(hash.AsSpan(0, 9));
        MediaType = MediaTypes.Of(name);
        this.content = content;
        Path = path;
        if (content is not null && MediaTypes.Compresses(MediaType))
        {
            brotli = new(() => Compress(stream => new BrotliStream(stream, CompressionLevel.SmallestSize)));
            gzip = new(() => Compress(stream => new GZipStream(stream, CompressionLevel.SmallestSize)));
        }
    }

    public string Name { get; }

    public string Hash { get; }

    public string MediaType { get; }

    /// <summary>The file on disk, when it is too large for memory.</summary>
    public string? Path { get; }

    public static Asset Of(string name, byte[] content) => new(name, XxHash128.Hash(content), content, null);

    public static Asset OfFile(string name, string path)
    {
        if (new FileInfo(path).Length <= InMemory)
        {
            return Of(name, File.ReadAllBytes(path));
        }

        using var file = File.OpenRead(path);
        var hash = new XxHash128();
        hash.Append(file);
        return new(name, hash.GetCurrentHash(), null, path);
    }

    /// <summary>The smallest form the browser takes, with its name for Content-Encoding.</summary>
    public (byte[] Content, string? Encoding) For(string acceptEncoding) =>
        brotli is not null && acceptEncoding.Contains("br", StringComparison.OrdinalIgnoreCase) ? (brotli.Value, "br")
        : gzip is not null && acceptEncoding.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (gzip.Value, "gzip")
        : (content!, null);

    private byte[] Compress(Func<Stream, Stream> with)
    {
        using var result = new MemoryStream();
        using (var stream = with(result))
        {
            stream.Write(content!);
        }

        return result.ToArray();
    }
}
