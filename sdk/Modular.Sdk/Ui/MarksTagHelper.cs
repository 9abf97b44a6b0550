using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;marks of="@list" /&gt;</c>: the tags that an <see cref="IListSlot"/> gave for a row.</summary>
[HtmlTargetElement("marks", Attributes = "of")]
public sealed class MarksTagHelper(IPageParts parts) : TagHelper
{
    public IReadOnlyList<Mark>? Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Of is not { Count: > 0 })
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "tags");
        foreach (var mark in Of)
        {
            output.Content.AppendHtml(StatusTagHelper.Tag(parts, mark));
        }
    }
}
