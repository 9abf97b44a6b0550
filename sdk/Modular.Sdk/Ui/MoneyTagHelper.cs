using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;money amount="42.1" /&gt;</c>: $42.10 in tabular numbers; zero steps back.</summary>
[HtmlTargetElement("money", Attributes = "amount", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyTagHelper : TagHelper
{
    public decimal Amount { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Amount == 0 ? "num muted" : "num");
        output.Content.SetContent(Said.Money(Amount));
    }
}
