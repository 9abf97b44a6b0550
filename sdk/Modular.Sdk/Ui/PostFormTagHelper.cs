using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// Puts the request token into every posting form that names its address. (MVC does it only for forms without one, and a form that
/// forgets it works until somebody presses the button.)
/// </summary>
[HtmlTargetElement("form", Attributes = "action")]
public sealed class PostFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var posts = string.Equals(context.AllAttributes["method"]?.Value?.ToString(), "post", StringComparison.OrdinalIgnoreCase);
        if (posts && !context.AllAttributes.ContainsName("asp-antiforgery"))
        {
            var token = antiforgery.GetAndStoreTokens(View.HttpContext);
            output.PostContent.AppendHtml(new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing, Attributes = { ["type"] = "hidden", ["name"] = token.FormFieldName, ["value"] = token.RequestToken } });
        }
    }
}
