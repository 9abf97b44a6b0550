using Microsoft.AspNetCore.ResponseCompression;

namespace Modular.Host.Frame.Cached;

/// <summary>
/// gzip, into which parts go as they were compressed when they were rendered. gzip alone, because a Brotli stream cannot take
/// a part in: its distances count from the beginning of all.
/// </summary>
public sealed class PageCompression(PartsOfPage page) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public bool SupportsFlush => true;

    public Stream CreateStream(Stream outputStream) => new PageGzipStream(outputStream, page);
}
