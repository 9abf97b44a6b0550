using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;list-table for="@Model" /&gt;</c>: a whole list page as its <see cref="ListDefinition{T}"/> says, with filters, order and paging in the
/// address. Inside may stand <c>empty-list</c>, <c>bulk-bar</c>, <c>row-acts</c>, a <c>list-cell</c> for each cell of the page's own, and
/// <c>filters</c>.
/// </summary>
[HtmlTargetElement("list-table", Attributes = "for")]
public sealed class ListTableTagHelper(IPageParts parts, IAntiforgery antiforgery) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public ListPage For { get; set; } = null!;

    /// <summary>Stands inside a page with other things, instead of filling the window.</summary>
    public bool Inline { get; set; }

    /// <summary>The page has its own form of filters.</summary>
    public bool NoFilters { get; set; }

    private HttpRequest Request => View.HttpContext.Request;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var (list, asked) = (new ListParts(For, Request), For.Asked);
        context.Items[typeof(ListParts)] = list;
        var strip = await QueueAsync(list, asked);
        await output.GetChildContentAsync();
        list.Bulk ??= list.QueueBulk is null ? null
            : BulkBarTagHelper.Bar(list, asked.Definition.WorkedOn!.Address("take"), antiforgery.GetAndStoreTokens(View.HttpContext), new Markup());
        if (!Inline)
        {
            View.ViewData["Fit"] = true;
        }

        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Inline ? "card" : "fill");
        output.Attributes.SetAttribute("aria-label", asked.Definition.Caption);
        output.Attributes.SetAttribute("data-bulk", "");
        var html = Inline ? new Markup().Raw("<header><h2>").Text(asked.Definition.Caption).Raw("</h2></header>") : new Markup();
        html.Add(strip);
        if (!NoFilters)
        {
            ListFilters.Write(html, parts, asked, list.Filters, Request);
        }

        if (list.Bulk is not null)
        {
            html.Add(list.Bulk);
        }

        if (asked.Refusal is { } refusal)
        {
            html.Raw("<div class=\"list\"><div class=\"empty\">").Add(IconTagHelper.Svg(parts, "alert")).Raw("<strong>").Text(refusal)
                .Raw("</strong><a class=\"btn\"").Attribute("href", Request.Path).Raw(">Show the whole list</a></div></div>");
        }
        else if (For.Shown == 0)
        {
            html.Raw("<div class=\"list\">").Add(list.Empty ?? new Markup().Raw("<div class=\"empty\">").Add(IconTagHelper.Svg(parts, "list"))
                .Raw("<strong>Nothing here</strong></div>"))
                .Raw("</div>");
        }
        else
        {
            html.Raw("<div class=\"list\"><table data-list").Attribute("data-list-of", asked.Definition.Name)
                .Attribute("data-list-name", $"Through: {asked.Definition.Caption}")
                .Raw("><caption class=\"vh\">").Text(asked.Definition.Caption).Raw("</caption>").Add(For.Table(parts, list)).Raw("</table></div>")
                    .Add(Pager());
        }

        output.Content.SetHtmlContent(html);
    }

    /// <summary>What a work queue adds, and the strip above its list.</summary>
    private async Task<Markup> QueueAsync(ListParts list, ListRequest asked)
    {
        if (asked.Definition.WorkedOn is not { } queue || For.Owners is not { } owners)
        {
            return new();
        }

        list.Queue = new(queue, parts, Request, antiforgery.GetAndStoreTokens(View.HttpContext));
        if (list.Queue.May(asked.Ask.Actor) && For.Shown > 0)
        {
            list.QueueBulk = list.Queue.Bulk(await parts.PeopleWhoMayAsync(queue.Permission));
        }

        return list.Queue.Strip(owners, asked.Ask, asked[QueueLines<object>.OwnerName]);
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
            ? html.Raw("<a class=\"btn small icon\"").Attribute("href", Request.Path + ListAddress.With(Request, ("page", page <= 1 ? null
                : $"{page}")))
                .Attribute("rel", rel).Attribute("aria-label", label).Raw(">")
            : html.Raw("<span class=\"btn small icon\" aria-disabled=\"true\">");
        html.Add(IconTagHelper.Svg(parts, icon, "s"));
        _ = there ? html.Raw("</a>") : html.Raw("<span class=\"vh\">").Text(label).Raw("</span></span>");
    }
}
