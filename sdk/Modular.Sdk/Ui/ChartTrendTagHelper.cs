using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;chart-trend title="Waiting over the day" values="@counts" /&gt;</c>: a line without axes, for a tile.</summary>
[HtmlTargetElement("chart-trend", Attributes = "title,values", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartTrendTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    public IReadOnlyList<decimal> Values { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Values.Count < 2)
        {
            return;
        }

        var (least, most) = ((double)Values.Min(), (double)Values.Max());
        var range = Math.Max(most - least, 1e-9);
        var points = string.Join(' ', Values.Select((v, i) => $"{Chart.N(150.0 * i / (Values.Count - 1))},{Chart.N(31 - (((double)v - least) / range * 28))}"));
        var way = Values[^1] > Values[0] ? "rising" : Values[^1] < Values[0] ? "falling" : "steady";
        output.Content.SetHtmlContent(new Markup().Raw("<svg class=\"chart c1\" viewBox=\"0 0 150 34\" preserveAspectRatio=\"none\" role=\"img\"").Attribute("aria-label", $"{Title}, {way}")
            .Raw($"><polygon class=\"area\" points=\"0,34 {points} 150,34\"/><polyline class=\"line\" vector-effect=\"non-scaling-stroke\" points=\"{points}\"/></svg>"));
    }
}
