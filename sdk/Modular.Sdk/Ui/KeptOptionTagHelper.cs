using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <inheritdoc cref="KeptInputTagHelper"/>
[HtmlTargetElement("option")]
public sealed class KeptOptionTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View) is not { Select: { } select } kept || !kept.Fields.ContainsKey(select))
        {
            return;
        }

        var value = context.AllAttributes["value"]?.Value?.ToString() ?? (await output.GetChildContentAsync()).GetContent().Trim();
        output.Attributes.RemoveAll("selected");
        if (kept.Chosen(select, value))
        {
            output.Attributes.SetAttribute("selected", "selected");
        }
    }
}
