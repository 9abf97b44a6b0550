using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Modular.Host.Frame.Cached;

/// <summary>A rendered part, with its compressed form: blocks of deflate that end on a byte and refer to nothing before them.</summary>
public sealed class CachedPart : IHtmlContent
{
    private readonly string text;

    public CachedPart(string text)
    {
        this.text = text;
        var bytes = Encoding.UTF8.GetBytes(text);
        Length = bytes.Length;
        Sum = Crc32.HashToUInt32(bytes);
        Shift = Crc.Shift(Length);
        using var blocks = new DeflateBlocks(CompressionLevel.SmallestSize);
        blocks.Write(bytes);
        blocks.End(last: false);
        Deflated = blocks.Taken();
    }

    public int Length { get; }

    public uint Sum { get; }

    public uint Shift { get; }

    public ReadOnlyMemory<byte> Deflated { get; }

    public int Size => (text.Length * sizeof(char)) + Deflated.Length;

    /// <summary>For a reader whose answer is not compressed.</summary>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(text);
}
