using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>What hangs on a record, as a card of its page: its files, its contacts.</summary>
public abstract class RecordTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>The kind of the record.</summary>
    public RecordKind Of { get; set; } = null!;

    /// <summary>The record, as its page read it.</summary>
    public IVersioned? Row { get; set; }

    /// <summary>Its id, on a page that has not read it: it is looked up, and nothing is shown when it is not there for whoever asks.</summary>
    public Guid? RowId { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await CardAsync());
    }

    /// <summary>Nothing for whoever does not see the record.</summary>
    protected abstract Task<IHtmlContent> CardAsync();
}
