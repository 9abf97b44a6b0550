using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;chart-bars title="Receivables by age" points="@ages" /&gt;</c></summary>
[HtmlTargetElement("chart-bars", Attributes = "title,points", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartBarsTagHelper : TagHelper
{
    private const double Base = 125;
    private const double Top = 27;

    public string Title { get; set; } = "";

    public IReadOnlyList<ChartPoint> Points { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Points.Count == 0)
        {
            return;
        }

        ChartSeries[] series = [new("", Points)];
        var svg = Chart.Open($"0 0 {Chart.Width} {Chart.Height}", Chart.Sentence(Title, series), links: series.Any(s => s.Points.Any(p => p.Link is not null))).Raw("<path class=\"axis\" d=\"M10 125.5H340\"/>");
        var most = Math.Max((double)Points.Max(p => p.Value), 1e-9);
        var step = (Chart.Width - 20.0) / Points.Count;
        var wide = Math.Min(40, step * 0.7);
        for (var i = 0; i < Points.Count; i++)
        {
            var (point, middle) = (Points[i], 10 + (step * (i + 0.5)));
            var tall = Math.Max((double)point.Value / most * (Base - Top), 0);
            var bar = new Markup().Raw("<rect class=\"bar c1\"").Attribute("x", Chart.N(middle - (wide / 2))).Attribute("y", Chart.N(Base - tall))
                .Attribute("width", Chart.N(wide)).Attribute("height", Chart.N(tall)).Raw(" rx=\"3\"/>").Write(middle, Base - tall - 6, point.Text, css: "v");
            _ = point.Link is null ? svg.Add(bar) : svg.Raw("<a").Attribute("href", point.Link).Attribute("aria-label", $"{point.Label}: {point.Text}").Raw(">").Add(bar).Raw("</a>");
            svg.Write(middle, 141, point.Label);
        }

        output.Content.SetHtmlContent(svg.Raw("</svg>").Add(Chart.Table(Title, series)));
    }
}
