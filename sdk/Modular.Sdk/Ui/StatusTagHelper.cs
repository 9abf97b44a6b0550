using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;status tone="ok"&gt;Active&lt;/status&gt;</c>: a small tag whose colour is always accompanied by an icon and a word.</summary>
[HtmlTargetElement("status")]
public sealed class StatusTagHelper(IPageParts parts) : TagHelper
{
    /// <summary>ok, warn, bad, info, accent, or nothing for neutral.</summary>
    public string Tone { get; set; } = "";

    /// <summary>Another icon than the tone's own.</summary>
    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Css(Tone));
        if ((Icon ?? IconOf(Tone)) is { } icon)
        {
            output.PreContent.SetHtmlContent(IconTagHelper.Svg(parts, icon));
        }
    }

    internal static string Css(string tone) => tone.Length == 0 ? "tag" : $"tag {tone}";

    internal static string? IconOf(string tone) => tone switch
    {
        "ok" => "check",
        "warn" => "alert",
        "bad" => "x",
        "info" => "info",
        "accent" => "star",
        _ => null,
    };

    internal static IHtmlContent Tag(IPageParts parts, Mark mark)
    {
        var html = new Markup().Raw("<span").Attribute("class", Css(mark.Tone)).Attribute("title", mark.Title).Raw(">");
        if ((mark.Icon ?? IconOf(mark.Tone)) is { } icon)
        {
            html.Add(IconTagHelper.Svg(parts, icon));
        }

        return html.Text(mark.Text).Raw("</span>");
    }
}
