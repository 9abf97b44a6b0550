using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <inheritdoc cref="KeptInputTagHelper"/>
[HtmlTargetElement("select", Attributes = "name")]
public sealed class KeptSelectTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View) is { } kept)
        {
            kept.Select = context.AllAttributes["name"].Value.ToString();
            output.Content.SetHtmlContent(await output.GetChildContentAsync());
            kept.Select = null;
        }
    }
}
