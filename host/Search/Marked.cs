using Microsoft.AspNetCore.Html;

namespace Modular.Host.Search;

/// <summary>The typed words marked where they begin a word of the title.</summary>
public static class Marked
{
    public static IHtmlContent In(string title, string typed)
    {
        var html = new HtmlContentBuilder();
        foreach (var (word, i) in title.Split(' ').Select((w, i) => (w, i)))
        {
            html.Append(i > 0 ? " " : "");
            var hit = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(t => word.StartsWith(t, StringComparison.OrdinalIgnoreCase));
            _ = hit is null ? html.Append(word) : html.AppendHtml("<mark>").Append(word[..hit.Length]).AppendHtml("</mark>").Append(word[hit.Length..]);
        }

        return html;
    }
}
