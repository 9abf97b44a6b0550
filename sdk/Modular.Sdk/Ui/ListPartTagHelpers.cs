using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;filters&gt;</c>: controls of the page's own beside those that the list declares. Their names stand in <see
/// cref="ListDefinition.Also"/>.</summary>
[HtmlTargetElement("filters", ParentTag = "list-table")]
public sealed class FiltersTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ListParts.Of(context).Filters = new Markup().Add(await output.GetChildContentAsync());
        output.SuppressOutput();
    }
}

/// <summary>
/// <c>&lt;list-cell column="step"&gt;@Model.Row.Step …&lt;/list-cell&gt;</c>: a column's cell as the view writes it, once for each row; the row is
/// <see cref="ListPage{T}.Row"/>. In the file stands what the column declares.
/// </summary>
[HtmlTargetElement("list-cell", ParentTag = "list-table", Attributes = "column")]
public sealed class ListCellTagHelper : TagHelper
{
    public string Column { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = ListParts.Of(context);
        list.Cells[Column] = await list.EachRowAsync(output);
        output.SuppressOutput();
    }
}

/// <summary><c>&lt;row-acts label="Way back"&gt;a button or a link&lt;/row-acts&gt;</c>: what can be done with a row, at its end; the row is
/// <see cref="ListPage{T}.Row"/>.</summary>
[HtmlTargetElement("row-acts", ParentTag = "list-table", Attributes = "label")]
public sealed class RowActsTagHelper : TagHelper
{
    /// <summary>The column's heading, for screen readers.</summary>
    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = ListParts.Of(context);
        (list.ActsLabel, list.Acts) = (Label, await list.EachRowAsync(output));
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
