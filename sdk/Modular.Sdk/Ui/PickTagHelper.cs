using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;td pick="@row.Id" pick-name="@row.Name"&gt;</c>: the box that chooses the row.</summary>
[HtmlTargetElement("td", Attributes = "pick,pick-name")]
public sealed class PickTagHelper : TagHelper
{
    public string Pick { get; set; } = "";

    /// <summary>What the row is called, for screen readers.</summary>
    public string PickName { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pick");
        output.Content.SetHtmlContent(new Markup().Raw("<label class=\"check\"><input type=\"checkbox\" name=\"id\"").Attribute("form", ListParts.Of(context).BulkForm)
            .Attribute("value", Pick).Attribute("aria-label", $"Select {PickName}").Raw("></label>"));
    }
}
