using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;contact-log of="@ReferralsModule.Record" row="@Model.Referral" /&gt;</c>: whom the practice called or wrote to about a record, as a card
/// of its page, and where the next call is noted. Nothing is shown to whoever does not see the record or may not read the contact log.
/// </summary>
[HtmlTargetElement("contact-log", Attributes = "of,row", TagStructure = TagStructure.NormalOrSelfClosing)]
[HtmlTargetElement("contact-log", Attributes = "of,row-id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ContactLogTagHelper(IPageParts parts) : RecordTagHelper
{
    protected override Task<IHtmlContent> CardAsync() => parts.ContactLogAsync(View, Of, RowId, Row);
}
