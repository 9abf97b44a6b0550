using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// A part of a page that is the same for many readers: rendered once for its key, sent to every later reader as it was compressed
/// then. For the few large parts that are looked at all day; everything else is faster to render than to think about.
/// <code>&lt;cached-part key="@Model.Key"&gt; … &lt;/cached-part&gt;</code>
/// </summary>
public sealed class CachedPartTagHelper(IPageParts parts) : TagHelper
{
    /// <summary>
    /// Everything the part shows must follow from it: the practice, what was asked, the state of the data, and each permission and
    /// setting that changes a word of it. Two readers with one key see one text. Anti-forgery tokens and names of the reader stay outside.
    /// </summary>
    public string Key { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.CachedAsync(Key, async () => await output.GetChildContentAsync()));
    }
}
