using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;attachments of="@ReferralsModule.Referral" row="@Model.Referral" /&gt;</c>: the files of a record as a card of its page. They are
/// chosen, taken
/// with the camera, dropped or pasted, shown, replaced by a new version, removed and put back. Nothing is shown to whoever does not see the
/// record; whoever may not change it finds no controls.
/// </summary>
[HtmlTargetElement("attachments", Attributes = "of,row", TagStructure = TagStructure.NormalOrSelfClosing)]
[HtmlTargetElement("attachments", Attributes = "of,row-id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AttachmentsTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>The kind of the record, with <see cref="RecordKind.Attachments"/>.</summary>
    public RecordKind Of { get; set; } = null!;

    /// <summary>The record, as its page read it.</summary>
    public IVersioned? Row { get; set; }

    /// <summary>Its id, on a page that has not read it: it is looked up, and nothing is shown when it is not there for whoever asks.</summary>
    public Guid? RowId { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.AttachmentsAsync(View, Of, RowId, Row));
    }
}
