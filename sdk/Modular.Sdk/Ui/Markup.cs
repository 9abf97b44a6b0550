using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>HTML put together in code: what is not written with <see cref="Raw(string)"/> is encoded.</summary>
internal sealed class Markup : IHtmlContent
{
    private readonly StringBuilder text = new();

    public bool IsEmpty => text.Length == 0;

    public Markup Raw(string html)
    {
        text.Append(html);
        return this;
    }

    public Markup Text(string? value)
    {
        text.Append(HtmlEncoder.Default.Encode(value ?? ""));
        return this;
    }

    public Markup Add(IHtmlContent content)
    {
        using var writer = new StringWriter(text);
        content.WriteTo(writer, HtmlEncoder.Default);
        return this;
    }

    /// <summary>An attribute; null leaves it out.</summary>
    public Markup Attribute(string name, string? value)
    {
        if (value is not null)
        {
            text.Append(' ').Append(name).Append("=\"").Append(HtmlEncoder.Default.Encode(value)).Append('"');
        }

        return this;
    }

    public Markup Flag(string name, bool on)
    {
        if (on)
        {
            text.Append(' ').Append(name);
        }

        return this;
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(text);

    public override string ToString() => text.ToString();
}
