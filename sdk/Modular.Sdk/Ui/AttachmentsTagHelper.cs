using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;attachments of="@ReferralsModule.Referral" row="@Model.Referral" /&gt;</c>: the files of a record as a card of its page. They are
/// chosen, taken with the camera, dropped or pasted, shown, replaced by a new version, removed and put back. Nothing is shown to whoever
/// does not see the record; whoever may not change it finds no controls.
/// </summary>
[HtmlTargetElement("attachments", Attributes = "of,row", TagStructure = TagStructure.NormalOrSelfClosing)]
[HtmlTargetElement("attachments", Attributes = "of,row-id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AttachmentsTagHelper(IPageParts parts) : RecordTagHelper
{
    protected override Task<IHtmlContent> CardAsync() => parts.AttachmentsAsync(View, Of, RowId, Row);
}
