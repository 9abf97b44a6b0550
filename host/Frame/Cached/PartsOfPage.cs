using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Modular.Host.Frame.Cached;

/// <summary>
/// Where a page has a part that is compressed already, its text has a mark: a character for private use, which the encoder lets
/// nobody's data write, and a name made for this one answer.
/// </summary>
public sealed class PartsOfPage(IHttpContextAccessor http)
{
    private const int NameLength = 22;
    private static readonly object Key = new();

    /// <summary>How every mark starts, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Start => "\uE000"u8;

    /// <summary>Of a whole mark, in bytes.</summary>
    public static int Length => Start.Length + NameLength;

    public HtmlString Mark(CachedPart part)
    {
        var items = http.HttpContext!.Items;
        var parts = items[Key] as Dictionary<string, CachedPart>;
        items[Key] = parts ??= [];
        var name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        parts.Add(name, part);
        return new HtmlString("\uE000" + name);
    }

    public IReadOnlyDictionary<string, CachedPart>? Marked() => http.HttpContext?.Items[Key] as Dictionary<string, CachedPart>;

    public static string NameIn(ReadOnlySpan<byte> mark) => Encoding.Latin1.GetString(mark[Start.Length..Length]);
}
