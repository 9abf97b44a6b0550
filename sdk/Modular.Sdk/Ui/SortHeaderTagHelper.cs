using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

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
