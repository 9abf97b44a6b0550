using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;contact-log of="@ReferralsModule.Record" row="@Model.Id" /&gt;</c>: whom the practice called or wrote to about a record, as a card of its
/// page, and where the next call is noted. Nothing is shown to whoever does not see the record or may not read the contact log.
/// </summary>
[HtmlTargetElement("contact-log", Attributes = "of,row", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ContactLogTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>The kind of the record.</summary>
    public RecordKind Of { get; set; } = null!;

    /// <summary>Id of the record.</summary>
    public Guid Row { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.ContactLogAsync(View, Of.Id, Row));
    }
}
