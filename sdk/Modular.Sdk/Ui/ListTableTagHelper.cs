using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;list-table for="@Model.Page" caption="Patients"&gt;</c> around <c>filters</c>, <c>bulk-bar</c>, <c>thead</c>, <c>tbody</c> and <c>empty-list</c>:
/// a whole list page with paging, order and filters in the address.
/// </summary>
[HtmlTargetElement("list-table", Attributes = "for,caption")]
public sealed class ListTableTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public ListPage For { get; set; } = null!;

    /// <summary>What is listed; read out by screen readers and shown in the help of keys.</summary>
    public string Caption { get; set; } = "";

    /// <summary>Stands inside a page with other things, instead of filling the window.</summary>
    public bool Inline { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = new ListParts(For);
        context.Items[typeof(ListParts)] = list;
        var rows = await output.GetChildContentAsync();
        if (!Inline)
        {
            View.ViewData["Fit"] = true;
        }

        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Inline ? "card" : "fill");
        output.Attributes.SetAttribute("aria-label", Caption);
        output.Attributes.SetAttribute("data-bulk", "");
        var html = Inline ? new Markup().Raw("<header><h2>").Text(Caption).Raw("</h2></header>") : new Markup();
        Append(html, list.Filters);
        Append(html, list.Bulk);
        if (For.Shown == 0)
        {
            html.Raw("<div class=\"list\">").Add(list.Empty ?? new Markup().Raw("<div class=\"empty\">").Add(IconTagHelper.Svg(parts, "list")).Raw("<strong>Nothing here</strong></div>")).Raw("</div>");
        }
        else
        {
            html.Raw("<div class=\"list\"><table data-list").Attribute("data-list-name", $"Through: {Caption}").Raw("><caption class=\"vh\">").Text(Caption).Raw("</caption>")
                .Add(rows).Raw("</table></div>").Add(Pager());
        }

        output.Content.SetHtmlContent(html);
    }

    private Markup Pager()
    {
        var pages = (For.Total + ListQuery.PageSize - 1) / ListQuery.PageSize;
        var html = new Markup().Raw("<footer class=\"pager\"><span>").Text($"{Said.Count(For.From)}–{Said.Count(For.To)} of {For.SaidTotal}").Raw("</span>");
        if (pages > 1)
        {
            html.Raw("<nav aria-label=\"Pages\">");
            Step(html, For.HasPrevious, -1, "Previous page", "prev", "chevron-left");
            html.Raw("<span class=\"num\">").Text(For.AtLeast ? $"Page {Said.Count(For.Number)}" : $"Page {Said.Count(For.Number)} of {Said.Count(pages)}").Raw("</span>");
            Step(html, For.HasNext, 1, "Next page", "next", "chevron-right");
            html.Raw("</nav>");
        }

        return html.Raw("</footer>");
    }

    private void Step(Markup html, bool there, int step, string label, string rel, string icon)
    {
        var page = For.Number + step;
        _ = there
            ? html.Raw("<a class=\"btn small icon\"").Attribute("href", View.HttpContext.Request.Path + ListAddress.With(View.HttpContext.Request, ("page", page <= 1 ? null : $"{page}"))).Attribute("rel", rel).Attribute("aria-label", label).Raw(">")
            : html.Raw("<span class=\"btn small icon\" aria-disabled=\"true\">");
        html.Add(IconTagHelper.Svg(parts, icon, "s"));
        _ = there ? html.Raw("</a>") : html.Raw("<span class=\"vh\">").Text(label).Raw("</span></span>");
    }

    private static void Append(Markup html, IHtmlContent? content)
    {
        if (content is not null)
        {
            html.Add(content);
        }
    }
}
