using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;indicator of="@VisitIndicators.NoShows" period="30d" /&gt;</c>: the figure, what it is compared with, its trend and the table of it, as
/// a card. Nothing is shown to whoever may not read it.
/// </summary>
[HtmlTargetElement("indicator", Attributes = "of", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IndicatorTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>As a module declared it.</summary>
    public Indicator Of { get; set; } = null!;

    /// <summary>30d, month, last-month, quarter, year, 12m or 3y.</summary>
    public string Period { get; set; } = "12m";

    /// <summary>Null for all places that whoever looks may see.</summary>
    public Guid? LocationId { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.IndicatorAsync(View, Of, Period, LocationId));
    }
}
