using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>What all charts share: a sentence for those who do not see it, and the numbers as a table behind it.</summary>
internal static class Chart
{
    public const int Width = 350;
    public const int Height = 150;
    public const int Colors = 6;

    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The whole picture in one sentence.</summary>
    public static string Sentence(string title, IEnumerable<ChartSeries> series) =>
        $"{title}: " + string.Join("; ", series.Select(s => (s.Name.Length > 0 ? s.Name + " " : "") + string.Join(", ", s.Points.Select(p => $"{p.Label} {p.Text}"))));

    /// <param name="links">A picture hides what is in it; one with links in it is a group of them.</param>
    public static Markup Open(string box, string sentence, bool links = false) => new Markup()
        .Raw("<svg class=\"chart\"").Attribute("viewBox", box).Attribute("role", links ? "group" : "img").Attribute("aria-label", sentence).Raw("><title>").Text(sentence).Raw("</title>");

    public static Markup Write(this Markup svg, double x, double y, string text, string anchor = "middle", string? css = null) => svg
        .Raw("<text").Attribute("class", css).Attribute("x", N(x)).Attribute("y", N(y)).Attribute("text-anchor", anchor).Raw(">").Text(text).Raw("</text>");

    public static IHtmlContent Table(string title, IReadOnlyList<ChartSeries> series)
    {
        var html = new Markup().Raw("<details class=\"numbers\"><summary class=\"link\">Table</summary><table><caption class=\"vh\">").Text(title).Raw("</caption><thead><tr><th></th>");
        foreach (var one in series)
        {
            html.Raw("<th class=\"r\" scope=\"col\">").Text(one.Name.Length > 0 ? one.Name : title).Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>");
        for (var i = 0; i < series[0].Points.Count; i++)
        {
            html.Raw("<tr><th scope=\"row\">").Text(series[0].Points[i].Label).Raw("</th>");
            foreach (var one in series)
            {
                var point = one.Points[i];
                html.Raw("<td class=\"r\">");
                _ = point.Link is null ? html.Text(point.Text) : html.Raw("<a class=\"link\"").Attribute("href", point.Link).Raw(">").Text(point.Text).Raw("</a>");
                html.Raw("</td>");
            }

            html.Raw("</tr>");
        }

        return html.Raw("</tbody></table></details>");
    }

    public static IHtmlContent Legend(IEnumerable<(string Name, string Value)> entries)
    {
        var html = new Markup().Raw("<ul class=\"legend\">");
        var color = 0;
        foreach (var (name, value) in entries)
        {
            html.Raw($"<li><svg class=\"chart\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"fill c{(color++ % Colors) + 1}\" width=\"10\" height=\"10\" rx=\"3\"/></svg>")
                .Text(name).Raw("<b>").Text(value).Raw("</b></li>");
        }

        return html.Raw("</ul>");
    }
}
