using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Modular.Host.Frame.Cached;

/// <summary>The parts of pages that were rendered last, by key.</summary>
public sealed class CachedParts(PartsOfPage page, IHttpContextAccessor http, IResponseCompressionProvider compression, HtmlEncoder encoder) : IDisposable
{
    // Some dozen day lists.
    private readonly MemoryCache parts = new(Options.Create(new MemoryCacheOptions { SizeLimit = 16 * 1024 * 1024 }));

    public async Task<IHtmlContent> OfAsync(string key, Func<Task<IHtmlContent>> render)
    {
        if (!parts.TryGetValue(key, out CachedPart? part))
        {
            await using var text = new StringWriter();
            (await render()).WriteTo(text, encoder);
            part = new(text.ToString());
            parts.Set(key, part, new MemoryCacheEntryOptions { Size = part.Size, SlidingExpiration = TimeSpan.FromMinutes(2) });
        }

        // Only what goes out through the page's own compression can take a part that is compressed already.
        return compression.GetCompressionProvider(http.HttpContext!) is PageCompression ? page.Mark(part!) : part!;
    }

    public void Dispose() => parts.Dispose();
}
