using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

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
