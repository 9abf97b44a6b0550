using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>The controls above a list, a plain GET form; a choice sends it at once. The order survives.</summary>
internal static class ListFilters
{
    private static readonly string[] Order = ["sort"];
    private static readonly string[] OrderAndOwner = ["sort", QueueLines<object>.OwnerName];

    public static void Write(Markup html, IPageParts parts, ListRequest asked, IHtmlContent? own, HttpRequest request)
    {
        if (own is null && asked.Definition.SearchLabel is null && asked.Definition.Choices.Count == 0)
        {
            return;
        }

        html.Raw("<form class=\"filters\" method=\"get\"").Attribute("action", request.Path).Raw(">");
        if (asked.Definition.SearchLabel is { } label)
        {
            html.Raw("<span class=\"with\">").Add(IconTagHelper.Svg(parts, "search")).Raw("<input type=\"search\" name=\"q\"")
                .Attribute("value", asked.Query.Text)
                .Attribute("aria-label", label).Attribute("placeholder", label).Raw(" data-key=\"f\" data-key-name=\"Filter\"></span>");
        }

        foreach (var filter in asked.Definition.Choices)
        {
            html.Raw("<select").Attribute("name", filter.Name).Attribute("aria-label", filter.Label).Raw(" data-submit>");
            foreach (var (value, words) in filter.Choices)
            {
                html.Raw("<option").Attribute("value", value).Flag("selected", value == asked[filter.Name]).Raw(">").Text(words).Raw("</option>");
            }

            html.Raw("</select>");
        }

        if (own is not null)
        {
            html.Add(own);
        }

        foreach (var kept in asked.Definition.WorkedOn is null ? Order : OrderAndOwner)
        {
            if (request.Query[kept].ToString() is { Length: > 0 } value)
            {
                html.Raw("<input type=\"hidden\"").Attribute("name", kept).Attribute("value", value).Raw(">");
            }
        }

        html.Raw("<button class=\"btn small quiet\">").Add(IconTagHelper.Svg(parts, "filter", "s")).Raw("Show</button>");
        if (request.Query.Keys.Any(k => k is not ("sort" or "page") && request.Query[k].ToString().Length > 0))
        {
            html.Raw("<a class=\"btn small quiet\"").Attribute("href", request.Path).Raw(">Clear</a>");
        }

        html.Raw("</form>");
    }
}
