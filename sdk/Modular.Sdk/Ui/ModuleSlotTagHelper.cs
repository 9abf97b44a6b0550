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

    /// <summary>
    /// For a place that stands in no form: a panel with fields (<see cref="ISlotForm{TForm}"/>) gets a form of its own there, saved by itself. The
    /// address of the page it stands on, to which a browser without script goes back; without one, fields belong to the form around the place.
    /// </summary>
    public string? Page { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.SlotAsync(View, new(Name, Id) { VisitId = VisitId }, Page));
    }
}
