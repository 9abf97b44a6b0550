using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;drawer title="Follow-up" back="/scheduling/days"&gt;sections, footer&lt;/drawer&gt;</c>: a view that opens beside the work from a link with
/// <c>data-drawer</c>. At its own address, without script, it is a page of its own.
/// </summary>
[HtmlTargetElement("drawer", Attributes = "title,back")]
public sealed class DrawerTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Title { get; set; } = "";

    /// <summary>One line below the title.</summary>
    public string? Note { get; set; }

    /// <summary>The page behind: where closing leads when the drawer stands alone.</summary>
    public string Back { get; set; } = "/";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        View.ViewData["Title"] ??= Title;
        var alone = !View.HttpContext.Request.WantsFragment();
        output.TagName = alone ? "div" : null;
        output.Attributes.Clear();
        if (alone)
        {
            output.Attributes.SetAttribute("class", "drawer solo");
        }

        var head = new Markup().Raw("<header><div>").Raw(alone ? "<h1>" : "<h2>").Text(Title).Raw(alone ? "</h1>" : "</h2>");
        if (Note is not null)
        {
            head.Raw("<small class=\"num\">").Text(Note).Raw("</small>");
        }

        // Alone it is a plain link: there is nothing behind it to return to by script.
        head.Raw("</div><a class=\"btn quiet small icon\" aria-label=\"Close\"").Flag("data-drawer-close", !alone).Attribute("href", Back).Raw(">")
            .Add(IconTagHelper.Svg(parts, "x")).Raw("</a></header>");
        if (alone)
        {
            // The sections are third-level headings, below the drawer's own; as a page they need a second level above them.
            head.Raw("<h2 class=\"vh\">Details</h2>");
        }

        output.PreContent.SetHtmlContent(head);
    }
}
