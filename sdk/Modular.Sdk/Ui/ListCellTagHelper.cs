using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;list-cell column="step"&gt;@Model.Row.Step …&lt;/list-cell&gt;</c>: a column's cell as the view writes it, once for each row; the row is
/// <see cref="ListPage{T}.Row"/>. In the file stands what the column declares.
/// </summary>
[HtmlTargetElement("list-cell", ParentTag = "list-table", Attributes = "column")]
public sealed class ListCellTagHelper : TagHelper
{
    public string Column { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = ListParts.Of(context);
        list.Cells[Column] = await list.EachRowAsync(output);
        output.SuppressOutput();
    }
}
