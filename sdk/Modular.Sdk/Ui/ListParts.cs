using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>What the parts inside a <c>list-table</c> tell it.</summary>
internal sealed class ListParts(ListPage page)
{
    public ListPage Page { get; } = page;

    public IHtmlContent? Filters { get; set; }

    public IHtmlContent? Bulk { get; set; }

    public IHtmlContent? Empty { get; set; }

    public string BulkForm { get; } = "bulk";

    public static ListParts Of(TagHelperContext context) =>
        context.Items.TryGetValue(typeof(ListParts), out var parts) ? (ListParts)parts : throw new InvalidOperationException("This belongs inside a list-table.");
}
