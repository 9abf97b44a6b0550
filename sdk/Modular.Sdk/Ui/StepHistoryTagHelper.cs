using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;step-history of="@visit.History" zone="@visit.Zone" /&gt;</c>: what happened to a row, with who and when, latest first.</summary>
[HtmlTargetElement("step-history", Attributes = "of", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StepHistoryTagHelper(IPageParts parts, IPractice practice, TimeProvider clock) : TagHelper
{
    /// <summary>The lines, in any order.</summary>
    public IEnumerable<StepLine> Of { get; set; } = [];

    /// <summary>IANA zone of the place; the practice's when left out.</summary>
    public string? Zone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "timeline");
        foreach (var step in Of.OrderByDescending(s => s.RowVersion).ThenByDescending(s => s.At).ThenByDescending(s => s.Id))
        {
            output.Content.AppendHtml(new Markup().Raw("<li><span").Attribute("class", $"dot {step.Tone}").Raw(">").Add(IconTagHelper.Svg(parts, IconOf(step)))
                .Raw("</span><p>").Text(step.Said).Raw("<br><small>").Text(step.By).Raw("</small></p>")
                .Add(WhenTagHelper.Time(step.At, Zone ?? practice.Zone, clock)).Raw("</li>"));
        }
    }

    private static string IconOf(StepLine step) => step.Tone switch
    {
        "ok" => "check",
        "bad" => "x",
        "warn" => "clock",
        "info" => "file",
        _ => step.Step is null ? "undo" : "clock",
    };
}
