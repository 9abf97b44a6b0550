using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;filters&gt;</c>: controls of the page's own beside those that the list declares. Their names stand in <see
/// cref="ListDefinition.Also"/>.</summary>
[HtmlTargetElement("filters", ParentTag = "list-table")]
public sealed class FiltersTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ListParts.Of(context).Filters = new Markup().Add(await output.GetChildContentAsync());
        output.SuppressOutput();
    }
}
