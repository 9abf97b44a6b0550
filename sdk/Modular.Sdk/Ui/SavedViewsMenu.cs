using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>The menu beside a list's heading: the person's own filters, and saving the present ones.</summary>
internal static class SavedViewsMenu
{
    public static IHtmlContent Render(IPageParts parts, IReadOnlyList<SavedView> views, string list, HttpRequest request)
    {
        var now = ListAddress.With(request, ("page", null)).TrimStart('?');
        var current = views.FirstOrDefault(v => v.Query == now);
        var html = new Markup().Raw("<details class=\"menu\"><summary class=\"btn small quiet\">").Add(IconTagHelper.Svg(parts, "star", "s"))
            .Text(current?.Name ?? (now.Length == 0 ? "All" : "Filtered")).Add(IconTagHelper.Svg(parts, "chevron-down", "s")).Raw("</summary><div class=\"pop\">");
        Entry(html, parts, request.Path, "All", now.Length == 0);
        foreach (var view in views)
        {
            Entry(html, parts, $"{request.Path}?{view.Query}", view.Name, view == current);
        }

        html.Raw("<hr>");
        var address = $"/saved-views?list={Uri.EscapeDataString(list)}&path={Uri.EscapeDataString(request.Path)}&query={Uri.EscapeDataString(now)}";
        return html.Raw("<a data-drawer").Attribute("href", address).Raw(">")
            .Add(IconTagHelper.Svg(parts, current is null ? "plus" : "edit", "s")).Text(current is null ? "Save this view" : "Change saved views").Raw("</a></div></details>");
    }

    private static void Entry(Markup html, IPageParts parts, string url, string name, bool current) => html
        .Raw("<a").Attribute("href", url).Attribute("aria-current", current ? "true" : null).Raw(">")
        .Add(IconTagHelper.Svg(parts, current ? "check" : "star", "s")).Text(name).Raw("</a>");
}
