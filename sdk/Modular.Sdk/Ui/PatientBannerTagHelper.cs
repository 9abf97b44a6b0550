using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;patient-banner patient-id="@id" /&gt;</c>: who this page is about. First on every page about a patient.</summary>
[HtmlTargetElement("patient-banner", Attributes = "patient-id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PatientBannerTagHelper(IPageParts parts) : TagHelper
{
    public const string Slot = "patients.banner";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public Guid PatientId { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.SlotAsync(View, new(Slot, PatientId)));
    }
}
