using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>The controls that a view writes by hand; those of <see cref="FieldTagHelper"/> fill themselves.</summary>
[HtmlTargetElement("input", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class KeptInputTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View) is not { } kept)
        {
            return;
        }

        string Said(string attribute) => context.AllAttributes[attribute]?.Value?.ToString() ?? "";
        var name = Said("name");
        switch (Said("type"))
        {
            case "checkbox" or "radio":
                output.Attributes.RemoveAll("checked");
                if (kept.Chosen(name, Said("value") is { Length: > 0 } value ? value : "on"))
                {
                    output.Attributes.SetAttribute("checked", "checked");
                }

                break;
            case "password" or "file" or "submit":
                break;
            case "hidden":
                Set(output, kept.Hidden(name));
                break;
            default:
                Set(output, kept.Next(name));
                break;
        }
    }

    private static void Set(TagHelperOutput output, string? value)
    {
        if (value is not null)
        {
            output.Attributes.SetAttribute("value", value);
        }
    }
}
