using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

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
        list.Bulk = Bar(list, Action, token, await output.GetChildContentAsync());
        output.SuppressOutput();
    }

    /// <summary>The first button is what Enter presses.</summary>
    internal static Markup Bar(ListParts list, string action, AntiforgeryTokenSet token, IHtmlContent buttons) =>
        new Markup().Raw("<form class=\"bulk\" method=\"post\"").Attribute("id", list.BulkForm).Attribute("action", action)
            .Raw("><input type=\"hidden\"").Attribute("name", token.FormFieldName).Attribute("value", token.RequestToken)
            .Raw("><b><span data-count>0</span> selected</b>").Add(buttons).Add(list.QueueBulk ?? new Markup())
            .Raw("<span class=\"grow\"></span><button class=\"btn small quiet\" type=\"reset\" data-none>Clear</button></form>");
}
