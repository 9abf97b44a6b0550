using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;queue-row of="@Sample.Queue" row="@Model.Sample" /&gt;</c>: on the page of a row of a work queue, why it is there and whose it is,
/// with take, give back and the way to the next. Nothing once the row is done. It stands outside other forms.
/// </summary>
[HtmlTargetElement("queue-row", Attributes = "of,row", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class QueueRowTagHelper(IPageParts parts, IAntiforgery antiforgery) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public WorkQueue Of { get; set; } = null!;

    public object Row { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var http = View.HttpContext;
        var ask = ListAsk.Of(http);
        if (Of.Read(Row, ask) is { Open: true } row)
        {
            output.Content.SetHtmlContent(new QueueControls(Of, parts, http.Request, antiforgery.GetAndStoreTokens(http)).Row(row, ask));
        }
    }
}
