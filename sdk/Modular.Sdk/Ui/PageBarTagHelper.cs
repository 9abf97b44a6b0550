using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;page-bar title="Patients" count="@total"&gt;actions&lt;/page-bar&gt;</c>: the page's heading, and its title in the browser.
/// </summary>
[HtmlTargetElement("page-bar", Attributes = "title")]
public sealed class PageBarTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Title { get; set; } = "";

    /// <summary>A few quiet words beside the heading.</summary>
    public string? Note { get; set; }

    public long? Count { get; set; }

    /// <summary>The page above this one, with <see cref="UnderHref"/>.</summary>
    public string? Under { get; set; }

    public string? UnderHref { get; set; }

    /// <summary>Name of the list whose saved views stand here: <c>patients.find</c>.</summary>
    public string? Views { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        View.ViewData["Title"] ??= Title;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "bar");
        if (Under is not null)
        {
            output.PreElement.SetHtmlContent(new Markup().Raw("<ol class=\"crumbs\"><li><a").Attribute("href", UnderHref).Raw(">").Text(Under)
                .Raw("</a></li><li aria-current=\"page\">").Text(Title).Raw("</li></ol>"));
        }

        var head = new Markup().Raw("<h1>").Text(Title).Raw("</h1>");
        if (Count is { } count)
        {
            head.Raw("<span class=\"tag\">").Text(Said.Count(count)).Raw("</span>");
        }

        if (Note is not null)
        {
            head.Raw("<span class=\"muted\">").Text(Note).Raw("</span>");
        }

        if (Views is not null)
        {
            head.Add(SavedViewsMenu.Render(parts, await parts.SavedViewsAsync(Views), Views, View.HttpContext.Request));
        }

        output.PreContent.SetHtmlContent(head.Raw("<span class=\"grow\"></span>"));
    }
}
