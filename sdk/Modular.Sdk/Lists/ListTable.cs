using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>Writes the table of a page of a list: headings that order it, a line a row.</summary>
internal sealed class ListTable<T>(ListPage<T> page, IPageParts parts, ListParts list)
{
    private readonly ListRequest<T> asked = page.Request!;
    private readonly List<ListColumn<T>> columns = [.. page.Request!.Columns.Where(c => !c.FileOnly)];

    public IHtmlContent Render()
    {
        var html = new Markup().Raw("<thead><tr>");
        if (list.Bulk is not null)
        {
            html.Raw("<th class=\"pick\"><label class=\"check\"><input type=\"checkbox\" data-all aria-label=\"Select all on this page\"></label></th>");
        }

        columns.ForEach(c => Heading(html, c));
        if (list.Acts is not null)
        {
            html.Raw("<th scope=\"col\"><span class=\"vh\">").Text(list.ActsLabel).Raw("</span></th>");
        }

        html.Raw("</tr></thead><tbody>");
        for (var i = 0; i < page.Rows.Count; i++)
        {
            Row(html, page.Rows[i], i);
        }

        return html.Raw("</tbody>");
    }

    private void Heading(Markup html, ListColumn<T> column)
    {
        var (up, down) = (asked.SortedBy == column.Name, asked.SortedBy == "-" + column.Name);
        // What is shown where the window is wide alone takes its heading along.
        var wide = column.Class?.Split(' ').Contains("why") == true ? "why" : null;
        html.Raw("<th scope=\"col\"").Attribute("class", Classes(column.Right ? "r" : null, Opt(column), wide))
            .Attribute("aria-sort", column.Sort is null ? null : up ? "ascending" : down ? "descending" : null).Raw(">");
        if (column.Sort is null)
        {
            html.Text(column.Label);
        }
        else
        {
            var request = list.Request;
            html.Raw("<a").Attribute("href", request.Path + ListAddress.With(request, ("sort", up ? "-" + column.Name : column.Name), ("page",
                null))).Raw(">")
                .Text(column.Label).Add(IconTagHelper.Svg(parts, down ? "chevron-down" : "chevron-up")).Raw("</a>");
        }

        html.Raw("</th>");
    }

    private void Row(Markup html, T row, int number)
    {
        html.Raw("<tr data-row>");
        if (list.Bulk is not null)
        {
            html.Raw("<td class=\"pick\"><label class=\"check\"><input type=\"checkbox\" name=\"id\"").Attribute("form", list.BulkForm)
                .Attribute("value", $"{asked.List.IdOf(row)}").Attribute("aria-label",
                    $"Select {columns.FirstOrDefault(c => c.Main)?.Value(row, asked.Ask)}").Raw("></label></td>");
        }

        foreach (var column in columns)
        {
            var cell = column.Main ? "th" : "td";
            html.Raw($"<{cell}").Attribute("scope", column.Main ? "row" : null)
                .Attribute("class", Classes(column.Main ? "main-cell" : null, column.Right ? "r num" : null, Opt(column), column.Class))
                .Attribute("data-label", column.Label).Raw(">");
            if (list.Cells.TryGetValue(column.Name, out var own))
            {
                html.Add(own[number]);
            }
            else if (column.Name == QueueLines<T>.OwnerName && list.QueueBulk is not null
                && asked.List.Queue?.Read(row, asked.Ask) is { Open: true, OwnerId: null } free)
            {
                html.Add(list.Queue!.Take(free, list.BulkForm, ListWords.Of(columns.FirstOrDefault(c => c.Main)?.Value(row, asked.Ask))));
            }
            else
            {
                Cell(html, column, row);
            }

            html.Raw($"</{cell}>");
        }

        html.Raw(list.Acts is null ? "</tr>" : "<td class=\"r tight\">");
        if (list.Acts is not null)
        {
            html.Add(list.Acts[number]).Raw("</td></tr>");
        }
    }

    private void Cell(Markup html, ListColumn<T> column, T row)
    {
        var value = column.Value(row, asked.Ask);
        var href = column.HrefNeeds is { } needs && !asked.Ask.Actor.Can(needs) ? null : column.Href?.Invoke(row);
        if (href is not null)
        {
            html.Raw("<a").Attribute("href", href).Flag("data-drawer", column.Drawer).Raw(">");
        }

        Words(html, column, value);
        html.Raw(href is null ? "" : "</a>");
        foreach (var mark in column.Marks?.Invoke(row) ?? [])
        {
            html.Raw(" ").Add(StatusTagHelper.Tag(parts, mark));
        }
    }

    private void Words(Markup html, ListColumn<T> column, object? value)
    {
        switch (value)
        {
            case DateTimeOffset instant:
                var wall = WallTime.At(instant, asked.Ask.Zone);
                var day = DateOnly.FromDateTime(wall.DateTime);
                html.Raw("<time").Attribute("datetime", instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
                    .Attribute("title", $"{Said.FullDay(day)} at {Said.Time(wall)}").Raw(">")
                    .Text(column.ByDay ? Said.Day(day, asked.Ask.Today) : Said.Instant(instant, asked.Ask.Zone, asked.Ask.Now)).Raw("</time>");
                break;
            case DateOnly date when column.ByDay:
                html.Raw("<time").Attribute("datetime", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                    .Attribute("title", Said.FullDay(date)).Raw(">")
                    .Text(Said.Day(date, asked.Ask.Today)).Raw("</time>");
                break;
            default:
                html.Text(ListWords.Of(value));
                break;
        }
    }

    private static string? Opt(ListColumn<T> column) => column.Optional switch { 0 => null, 1 => "opt", _ => "opt-2" };

    private static string? Classes(params string?[] names) => string.Join(' ', names.Where(n => n is not null)) is { Length: > 0 } all ? all : null;
}
