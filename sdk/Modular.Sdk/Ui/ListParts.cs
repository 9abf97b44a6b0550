using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>What the parts inside a <c>list-table</c> tell it.</summary>
internal sealed class ListParts(ListPage page, HttpRequest request)
{
    public HttpRequest Request { get; } = request;

    public IHtmlContent? Filters { get; set; }

    public IHtmlContent? Bulk { get; set; }

    /// <summary>Of a list that is a work queue.</summary>
    public QueueControls? Queue { get; set; }

    /// <summary>What the queue puts into the bar for the rows chosen.</summary>
    public IHtmlContent? QueueBulk { get; set; }

    public IHtmlContent? Empty { get; set; }

    /// <summary>By column, a cell for each row.</summary>
    public Dictionary<string, IReadOnlyList<IHtmlContent>> Cells { get; } = [];

    public IReadOnlyList<IHtmlContent>? Acts { get; set; }

    public string? ActsLabel { get; set; }

    public string BulkForm { get; } = "bulk";

    public static ListParts Of(TagHelperContext context) =>
        context.Items.TryGetValue(typeof(ListParts), out var parts) ? (ListParts)parts : throw new InvalidOperationException("This belongs inside a list-table.");

    /// <summary>What stands inside the tag, once for each row.</summary>
    public async Task<IReadOnlyList<IHtmlContent>> EachRowAsync(TagHelperOutput output)
    {
        var all = new List<IHtmlContent>();
        for (page.Current = 0; page.Current < page.Shown; page.Current++)
        {
            // Written out at once: what the helper gives is reused for the next row.
            all.Add(new Markup().Add(await output.GetChildContentAsync(useCachedResult: false)));
        }

        return all;
    }
}
