using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;contact-log of="@ReferralsModule.Record" row="@Model.Referral" /&gt;</c>: whom the practice called or wrote to about a record, as a card
/// of its
/// page, and where the next call is noted. Nothing is shown to whoever does not see the record or may not read the contact log.
/// </summary>
[HtmlTargetElement("contact-log", Attributes = "of,row", TagStructure = TagStructure.NormalOrSelfClosing)]
[HtmlTargetElement("contact-log", Attributes = "of,row-id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ContactLogTagHelper(IPageParts parts) : TagHelper
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
        output.Content.SetHtmlContent(await parts.ContactLogAsync(View, Of, RowId, Row));
    }
}
