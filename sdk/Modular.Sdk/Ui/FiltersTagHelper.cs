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
