using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;empty-list icon="users" title="No patient matches"&gt;what to do next&lt;/empty-list&gt;</c>, inside a list or alone.</summary>
[HtmlTargetElement("empty-list", Attributes = "title")]
public sealed class EmptyListTagHelper(IPageParts parts) : TagHelper
{
    public string Title { get; set; } = "";

    public string Icon { get; set; } = "list";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var html = new Markup().Raw("<div class=\"empty\">").Add(IconTagHelper.Svg(parts, Icon)).Raw("<strong>").Text(Title).Raw("</strong>")
            .Add(await output.GetChildContentAsync()).Raw("</div>");
        output.TagName = null;
        if (context.Items.TryGetValue(typeof(ListParts), out var list))
        {
            ((ListParts)list).Empty = html;
            output.SuppressOutput();
        }
        else
        {
            output.Content.SetHtmlContent(html);
        }
    }
}
