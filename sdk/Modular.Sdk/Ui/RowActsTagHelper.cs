using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;row-acts label="Way back"&gt;a button or a link&lt;/row-acts&gt;</c>: what can be done with a row, at its end; the row is
/// <see cref="ListPage{T}.Row"/>.</summary>
[HtmlTargetElement("row-acts", ParentTag = "list-table", Attributes = "label")]
public sealed class RowActsTagHelper : TagHelper
{
    /// <summary>The column's heading, for screen readers.</summary>
    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = ListParts.Of(context);
        (list.ActsLabel, list.Acts) = (Label, await list.EachRowAsync(output));
        output.SuppressOutput();
    }
}
