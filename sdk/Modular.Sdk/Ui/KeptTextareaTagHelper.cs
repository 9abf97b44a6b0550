using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <inheritdoc cref="KeptInputTagHelper"/>
[HtmlTargetElement("textarea", Attributes = "name")]
public sealed class KeptTextareaTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View)?.Next(context.AllAttributes["name"].Value.ToString()!) is { } value)
        {
            output.Content.SetContent(value);
        }
    }
}
