using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;chart-donut title="Visits by kind" points="@kinds" /&gt;</c>: up to six parts of a whole, the total in the middle.</summary>
[HtmlTargetElement("chart-donut", Attributes = "title,points", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartDonutTagHelper : TagHelper
{
    private const double Around = 2 * Math.PI * 42;

    public string Title { get; set; } = "";

    public IReadOnlyList<ChartPoint> Points { get; set; } = [];

    /// <summary>What stands in the middle; the sum when left out.</summary>
    public string? Total { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var whole = (double)Points.Sum(p => p.Value);
        if (whole <= 0)
        {
            return;
        }

        ChartSeries[] series = [new("", Points)];
        var svg = new Markup().Raw("<div class=\"cols\">").Add(Chart.Open("0 0 120 120", Chart.Sentence(Title, series))).Raw("<g transform=\"rotate(-90 60 60)\">");
        var at = 0.0;
        for (var i = 0; i < Points.Count; i++)
        {
            var part = (double)Points[i].Value / whole * Around;
            // A hair's gap keeps neighbors apart for those who do not tell the colours.
            var drawn = Math.Max(part - (Points.Count > 1 ? 2 : 0), 0.5);
            svg.Raw($"<circle class=\"arc c{(i % Chart.Colors) + 1}\" cx=\"60\" cy=\"60\" r=\"42\" stroke-dasharray=\"{Chart.N(drawn)} {Chart.N(Around - drawn)}\" stroke-dashoffset=\"{Chart.N(-at)}\"/>");
            at += part;
        }

        svg.Raw("</g>").Write(60, 65, Total ?? Said.Count((long)Points.Sum(p => p.Value)), css: "v").Raw("</svg>").Add(Chart.Legend(Points.Select(p => (p.Label, p.Text)))).Raw("</div>");
        output.Content.SetHtmlContent(svg.Add(Chart.Table(Title, series)));
    }
}
