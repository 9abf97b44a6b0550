using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;days-left clock="@request.Clock" /&gt;</c>: how many days a clock has left, as a tag whose colour says how near the end is; the due
/// day and its rule on hover.
/// </summary>
[HtmlTargetElement("days-left", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DaysLeftTagHelper(IPageParts parts, IPractice practice, TimeProvider clock) : TagHelper
{
    public DeadlineClock? Clock { get; set; }

    /// <summary>The place whose day and closed days count; the practice's when left out.</summary>
    public Guid? LocationId { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Clock is { } deadline)
        {
            var zone = practice.ZoneOf(LocationId);
            var days = LocationId is { } place ? practice.BusinessDays.At(place) : practice.BusinessDays;
            output.Content.SetHtmlContent(StatusTagHelper.Tag(parts, deadline.Mark(WallTime.Today(clock, zone), days)));
        }
    }
}
