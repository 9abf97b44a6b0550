using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>What a work queue adds to the page of its list: whose rows there are, the next one, what is done with those chosen.</summary>
internal sealed class QueueControls(WorkQueue queue, IPageParts parts, HttpRequest request, AntiforgeryTokenSet token)
{
    /// <summary>Owners with their counts, each a way to their rows, and the way to the next row.</summary>
    public Markup Strip(IReadOnlyList<OwnerCount> owners, ListAsk ask, string shown)
    {
        var html = new Markup().Raw("<div class=\"queue\"><nav class=\"tabs\" aria-label=\"Owner\">");
        void Tab(string value, string words, int rows) => html.Raw("<a").Attribute("href", request.Path + ListAddress.With(request,
                (QueueLines<object>.OwnerName, value.Length == 0 ? null : value), ("page", null)))
            .Attribute("aria-current", value == shown ? "page" : null).Raw(">").Text(words).Raw(" <span class=\"tag num\">")
            .Text(Said.Count(rows)).Raw("</span></a>");
        Tab("", "Everybody's", owners.Sum(o => o.Rows));
        Tab(QueueLines<object>.Me, "Yours", owners.Where(o => o.Id is not null && o.Id == ask.Me).Sum(o => o.Rows));
        Tab(QueueLines<object>.Nobody, "Nobody's", owners.Where(o => o.Id is null).Sum(o => o.Rows));
        foreach (var owner in owners.Where(o => o.Id is not null && o.Id != ask.Me))
        {
            Tab($"{owner.Id}", owner.Name ?? "Somebody", owner.Rows);
        }

        html.Raw("</nav>");
        return (May(ask.Actor) ? Post(html, "next", "Open next", "primary", "w", "w", null) : html).Raw("</div>");
    }

    /// <summary>Buttons of the bar that appears when rows are chosen.</summary>
    public Markup Bulk(IReadOnlyList<WorkOwner> people)
    {
        var html = new Markup().Raw("<input type=\"hidden\" name=\"back\"").Attribute("value", Back).Raw(">");
        Button(html, "take", "Take");
        html.Raw("<select name=\"to\" aria-label=\"Assign to\"><option value=\"\">Assign to …</option>");
        foreach (var person in people)
        {
            html.Raw("<option").Attribute("value", $"{person.Id}").Raw(">").Text(person.Name).Raw("</option>");
        }

        Button(html.Raw("</select>"), "assign", "Assign");
        Button(html, "give-back", "Give back");
        return html;
    }

    /// <summary>In the row of nobody: one key or one click, and it is the person's.</summary>
    public Markup Take(QueueRow row, string form, string? name) => new Markup().Raw("<button class=\"btn small\" name=\"id\"")
        .Attribute("form", form).Attribute("value", $"{row.Id}").Attribute("formaction", queue.Address("take"))
        .Raw(" data-row-key=\"t\" data-key-name=\"Take this row\">Take<span class=\"vh\"> ").Text(name).Raw("</span></button>");

    /// <summary>The row on its own page: why it is there, whose it is, what can be done about that.</summary>
    public Markup Row(QueueRow row, ListAsk ask)
    {
        var html = new Markup().Raw("<section class=\"queue-row\"><p>").Text(row.Why).Raw("</p><div class=\"row\">");
        var mine = row.OwnerId is not null && row.OwnerId == ask.Me;
        html.Add(StatusTagHelper.Tag(parts, new(mine ? "Yours" : row.Owner ?? "Nobody's", mine ? "info" : "", "user")));
        if (May(ask.Actor))
        {
            if (row.OwnerId is null)
            {
                Post(html, "take", "Take", "", "t", "t", row);
            }
            else
            {
                Post(html, "give-back", "Give back", "quiet", null, null, row);
            }

            Post(html, "next", "Open next", "", "w", "w", row);
        }

        return html.Raw("</div></section>");
    }

    public bool May(Actor actor) => actor.SignedIn && actor.Can(queue.Permission);

    private string Back => request.Path + request.QueryString;

    private void Button(Markup html, string act, string words) => html.Raw("<button class=\"btn small\"")
        .Attribute("formaction", queue.Address(act)).Raw(">").Text(words).Raw("</button>");

    private Markup Post(Markup html, string act, string words, string look, string? key, string? kbd, QueueRow? row)
    {
        html.Raw("<form method=\"post\"").Attribute("action", queue.Address(act)).Raw("><input type=\"hidden\"")
            .Attribute("name", token.FormFieldName).Attribute("value", token.RequestToken).Raw(">")
            .Raw("<input type=\"hidden\" name=\"back\"").Attribute("value", row is null ? Back : row.Link + WorkQueue.Through(request)).Raw(">");
        if (row is not null)
        {
            html.Raw("<input type=\"hidden\" name=\"id\"").Attribute("value", $"{row.Id}").Raw(">");
        }

        html.Raw("<button").Attribute("class", $"btn small {look}".Trim()).Attribute("data-key", key).Raw(">").Text(words);
        return (kbd is null ? html : html.Raw(" <kbd>").Text(kbd).Raw("</kbd>")).Raw("</button></form>");
    }
}
