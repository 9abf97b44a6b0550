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

    /// <summary>The visit, when the place is about a patient and their visit.</summary>
    public Guid? VisitId { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.SlotAsync(View, new(Name, Id) { VisitId = VisitId }));
    }
}
