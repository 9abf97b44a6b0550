using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;filters&gt;</c>: the controls above a list, a plain GET form; a control with <c>data-submit</c> sends it at once. The order survives.</summary>
[HtmlTargetElement("filters", ParentTag = "list-table")]
public sealed class FiltersTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var request = View.HttpContext.Request;
        var html = new Markup().Raw("<form class=\"filters\" method=\"get\"").Attribute("action", request.Path).Raw(">").Add(await output.GetChildContentAsync());
        if (request.Query["sort"].ToString() is { Length: > 0 } sort)
        {
            html.Raw("<input type=\"hidden\" name=\"sort\"").Attribute("value", sort).Raw(">");
        }

        html.Raw("<button class=\"btn small quiet\">").Add(IconTagHelper.Svg(parts, "filter", "s")).Raw("Show</button>");
        if (request.Query.Keys.Any(k => k is not ("sort" or "page") && request.Query[k].ToString().Length > 0))
        {
            html.Raw("<a class=\"btn small quiet\"").Attribute("href", request.Path).Raw(">Clear</a>");
        }

        ListParts.Of(context).Filters = html.Raw("</form>");
        output.SuppressOutput();
    }
}

/// <summary><c>&lt;bulk-bar action="/patients/labels"&gt;buttons&lt;/bulk-bar&gt;</c>: what can be done with the rows chosen; they arrive as <c>Guid[] id</c>.</summary>
[HtmlTargetElement("bulk-bar", ParentTag = "list-table", Attributes = "action")]
public sealed class BulkBarTagHelper(IAntiforgery antiforgery) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Action { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = ListParts.Of(context);
        var token = antiforgery.GetAndStoreTokens(View.HttpContext);
        list.Bulk = new Markup().Raw("<form class=\"bulk\" method=\"post\"").Attribute("id", list.BulkForm).Attribute("action", Action)
            .Raw("><input type=\"hidden\"").Attribute("name", token.FormFieldName).Attribute("value", token.RequestToken)
            .Raw("><b><span data-count>0</span> selected</b>").Add(await output.GetChildContentAsync())
            .Raw("<span class=\"grow\"></span><button class=\"btn small quiet\" type=\"reset\" data-none>Clear</button></form>");
        output.SuppressOutput();
    }
}

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

/// <summary><c>&lt;th sort="name"&gt;Name&lt;/th&gt;</c>: orders the list by a column of its <see cref="SortColumns{T}"/>.</summary>
[HtmlTargetElement("th", Attributes = "sort")]
public sealed class SortHeaderTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Sort { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var page = ListParts.Of(context).Page;
        if (!page.SortNames.Contains(Sort))
        {
            throw new InvalidOperationException($"The list cannot be ordered by {Sort}: its SortColumns has {string.Join(", ", page.SortNames)}.");
        }

        var up = page.SortedBy == Sort;
        var down = page.SortedBy == "-" + Sort;
        var request = View.HttpContext.Request;
        output.Attributes.SetAttribute("scope", "col");
        if (up || down)
        {
            output.Attributes.SetAttribute("aria-sort", up ? "ascending" : "descending");
        }

        output.PreContent.SetHtmlContent(new Markup().Raw("<a").Attribute("href", request.Path + ListAddress.With(request, ("sort", up ? "-" + Sort : Sort), ("page", null))).Raw(">"));
        output.PostContent.SetHtmlContent(new Markup().Add(IconTagHelper.Svg(parts, down ? "chevron-down" : "chevron-up")).Raw("</a>"));
    }
}

/// <summary><c>&lt;th pick&gt;</c>: the box that chooses every row of the page for the bulk bar.</summary>
[HtmlTargetElement("th", Attributes = "pick")]
public sealed class PickAllTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.RemoveAll("pick");
        output.Attributes.SetAttribute("class", "pick");
        output.Content.SetHtmlContent("<label class=\"check\"><input type=\"checkbox\" data-all aria-label=\"Select all on this page\"></label>");
    }
}

/// <summary><c>&lt;td pick="@row.Id" pick-name="@row.Name"&gt;</c>: the box that chooses the row.</summary>
[HtmlTargetElement("td", Attributes = "pick,pick-name")]
public sealed class PickTagHelper : TagHelper
{
    public string Pick { get; set; } = "";

    /// <summary>What the row is called, for screen readers.</summary>
    public string PickName { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pick");
        output.Content.SetHtmlContent(new Markup().Raw("<label class=\"check\"><input type=\"checkbox\" name=\"id\"").Attribute("form", ListParts.Of(context).BulkForm)
            .Attribute("value", Pick).Attribute("aria-label", $"Select {PickName}").Raw("></label>"));
    }
}
