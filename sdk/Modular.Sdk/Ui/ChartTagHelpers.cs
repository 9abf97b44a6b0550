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

        var every = Math.Max(1, (int)Math.Ceiling(count / 8.0));
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
