using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;chart-line title="No-shows by month" series="@lines" goal="5" goal-text="5%" /&gt;</c></summary>
[HtmlTargetElement("chart-line", Attributes = "title,series", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartLineTagHelper : TagHelper
{
    private const double Base = 125;
    private const double Top = 20;

    public string Title { get; set; } = "";

    public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>A dashed line to reach or to stay below.</summary>
    public decimal? Goal { get; set; }

    public string? GoalText { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Series.Count == 0 || Series[0].Points.Count == 0)
        {
            return;
        }

        var most = Math.Max((double)Series.SelectMany(s => s.Points).Max(p => p.Value), (double)(Goal ?? 0));
        var count = Series[0].Points.Count;
        double X(int i) => count == 1 ? Chart.Width / 2.0 : 40 + (i * (Chart.Width - 55.0) / (count - 1));
        double Y(decimal value) => Base - ((double)value / Math.Max(most, 1e-9) * (Base - Top));
        var svg = Chart.Open($"0 0 {Chart.Width} {Chart.Height}", Chart.Sentence(Title, Series)).Raw("<path class=\"axis\" d=\"M30 125.5H345\"/>");
        if (Goal is { } goal)
        {
            svg.Raw($"<path class=\"goal\" d=\"M30 {Chart.N(Y(goal))}H345\"/>").Write(26, Y(goal) + 4, GoalText ?? $"{goal}", "end");
        }

        for (var s = 0; s < Series.Count; s++)
        {
            var color = (s % Chart.Colors) + 1;
            var points = Series[s].Points;
            svg.Raw($"<polyline class=\"line c{color}\" points=\"{string.Join(' ', points.Select((p, i) => $"{Chart.N(X(i))},{Chart.N(Y(p.Value))}"))}\"/>")
                .Raw($"<circle class=\"dotmark c{color}\" cx=\"{Chart.N(X(count - 1))}\" cy=\"{Chart.N(Y(points[^1].Value))}\" r=\"3.5\"/>");
        }

        // As many labels as fit beside each other.
        var wide = (Series[0].Points.Max(p => p.Label.Length) * 6.2) + 8;
        var every = Math.Max(1, (int)Math.Ceiling(count * wide / (Chart.Width - 55)));
        for (var i = 0; i < count; i += every)
        {
            svg.Write(X(i), 142, Series[0].Points[i].Label);
        }

        svg.Raw("</svg>");
        if (Series.Count > 1)
        {
            svg.Add(Chart.Legend(Series.Select(s => (s.Name, s.Points[^1].Text))));
        }

        output.Content.SetHtmlContent(svg.Add(Chart.Table(Title, Series)));
    }
}
