using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;icon name="check" /&gt;</c>: a symbol of the theme's <c>icons.svg</c>. It never stands alone: words or an aria-label beside it.</summary>
[HtmlTargetElement("icon", Attributes = "name")]
public sealed class IconTagHelper(IPageParts parts) : TagHelper
{
    public string Name { get; set; } = "";

    /// <summary><c>s</c>, <c>l</c> or nothing.</summary>
    public string? Size { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Svg(parts, Name, Size));
    }

    internal static IHtmlContent Svg(IPageParts parts, string name, string? size = null) => new Markup()
        .Raw("<svg").Attribute("class", size is null ? "i" : $"i {size}").Raw(" aria-hidden=\"true\"><use")
        .Attribute("href", $"{parts.Asset("icons.svg")}#i-{name}").Raw("/></svg>");
}
