using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;module-slot name="patients.chart" id="@patient.Id" /&gt;</c>: a place where other modules put panels.</summary>
[HtmlTargetElement("module-slot", Attributes = "name,id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ModuleSlotTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Name { get; set; } = "";

    public Guid Id { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.SlotAsync(View, Name, Id));
    }
}

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
        output.Content.SetHtmlContent(await parts.SlotAsync(View, Slot, PatientId));
    }
}

/// <summary><c>&lt;progress-job id="@work" /&gt;</c>: a piece of long work, live until it ends.</summary>
[HtmlTargetElement("progress-job", Attributes = "id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProgressJobTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public Guid Id { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.ProgressAsync(View, Id));
    }
}
