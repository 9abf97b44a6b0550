using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;csv-link href="/patients/export" /&gt;</c>: the list as it stands, filters and order included, as a file.</summary>
[HtmlTargetElement("csv-link", Attributes = "href", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CsvLinkTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Href { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "btn");
        output.Attributes.SetAttribute("href", Href + ListAddress.With(View.HttpContext.Request, ("page", null)));
        output.Attributes.SetAttribute("aria-label", "Export CSV");
        output.Content.SetHtmlContent(new Markup().Add(IconTagHelper.Svg(parts, "download")).Raw("<span class=\"wide-only\">Export CSV</span>"));
    }
}
