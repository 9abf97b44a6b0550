using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;page-bar title="Patients" count="@total"&gt;actions&lt;/page-bar&gt;</c>: the page's heading, and its title in the browser.
/// </summary>
[HtmlTargetElement("page-bar", Attributes = "title")]
public sealed class PageBarTagHelper(IPageParts parts, Actor actor) : TagHelper
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

    /// <summary>The list of the page: its count, the person's saved views of it, and the ways to its file and its print.</summary>
    public ListPage? List { get; set; }

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
        if (Count is not null || List is not null)
        {
            head.Raw("<span class=\"tag\">").Text(Count is { } count ? Said.Count(count) : List!.SaidTotal).Raw("</span>");
        }

        if (Note is not null)
        {
            head.Raw("<span class=\"muted\">").Text(Note).Raw("</span>");
        }

        if (List?.Asked.Definition.Name is { } name)
        {
            head.Add(SavedViewsMenu.Render(parts, await parts.SavedViewsAsync(name), name, View.HttpContext.Request));
        }

        output.PreContent.SetHtmlContent(head.Raw("<span class=\"grow\"></span>"));
        if (List is not null && View.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ExportAttribute>()?.IsOpenTo(actor) != false)
        {
            Export(head, "print", "Print this list", "print");
            Export(head, "csv", "Export CSV", "download");
        }
    }

    /// <summary>The list as it stands, filters and order included.</summary>
    private void Export(Markup html, string format, string label, string icon) => html.Raw("<a class=\"btn\"")
        .Attribute("href", View.HttpContext.Request.Path + ListAddress.With(View.HttpContext.Request, ("page", null), (ListFormats.Key, format)))
        .Attribute("aria-label", label).Attribute("title", label).Raw(">").Add(IconTagHelper.Svg(parts, icon)).Raw("</a>");
}
