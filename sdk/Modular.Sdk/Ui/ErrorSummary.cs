using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Modular.Sdk;

/// <summary>All that was refused; written when the page is, as by then every field below has said its name.</summary>
internal sealed class ErrorSummary(ViewContext view, string? heading = null) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var errors = view.ViewData.ModelState.SelectMany(e => e.Value!.Errors.Select(x => (e.Key, x.ErrorMessage))).ToList();
        if (errors.Count == 0)
        {
            return;
        }

        var labels = FieldLabels.Of(view);
        var html = new Markup().Raw("<div class=\"errors\" role=\"alert\" tabindex=\"-1\"><h2>").Text(heading ?? Heading(errors.Count)).Raw("</h2><ul>");
        foreach (var (key, sentence) in errors)
        {
            html.Raw("<li>");
            _ = labels.TryGetValue(key, out var field)
                ? html.Raw("<a").Attribute("href", $"#{field.Id}").Raw(">").Text($"{field.Label}: {sentence}").Raw("</a>")
                : html.Text(sentence);
            html.Raw("</li>");
        }

        html.Raw("</ul></div>").WriteTo(writer, encoder);
    }

    private static string Heading(int count) => count switch
    {
        1 => "One answer needs another look",
        2 => "Two answers need another look",
        3 => "Three answers need another look",
        _ => $"{count} answers need another look",
    };
}
