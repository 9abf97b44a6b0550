using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;save-button&gt;Save payer&lt;/save-button&gt;</c>: the button of <c>&lt;form edit&gt;</c>. After a conflict it says that what is
/// chosen is saved. Further attributes go to the button.
/// </summary>
[HtmlTargetElement("save-button")]
public sealed class SaveButtonTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "button";
        output.Attributes.SetAttribute("class", "btn primary");
        if (EditState.Of(View.HttpContext)?.Conflict.Count > 0)
        {
            output.Content.SetContent("Save what is chosen");
        }
    }
}
