using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;change-history row="@Model.Id" fields="@Specialist.History" /&gt;</c>: who changed a row, when, and what from what to what, out of the
/// change log that every save is in. It shows the columns that <c>fields</c> names and no other, to whoever may open the page;
/// <c>needs</c> asks for a permission more.
/// </summary>
[HtmlTargetElement("change-history", Attributes = "row,fields", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChangeHistoryTagHelper(IChangeLog log, IPractice practice, TimeProvider clock, Actor actor) : TagHelper
{
    private const int Shown = 20;
    private const string Key = "history";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public Guid Row { get; set; }

    public IReadOnlyList<HistoryField> Fields { get; set; } = [];

    /// <summary>A permission beyond that of the page.</summary>
    public string? Needs { get; set; }

    /// <summary>IANA zone of the place; the practice's when left out.</summary>
    public string? Zone { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (Needs is not null && !actor.Can(Needs))
        {
            output.SuppressOutput();
            return;
        }

        var request = View.HttpContext.Request;
        var page = int.TryParse(request.Query[Key], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 1000) : 1;
        var changes = await log.HistoryAsync(Row, (page - 1) * Shown, Shown + 1, View.HttpContext.RequestAborted);
        var html = new Markup().Raw("<header><h2>History</h2></header><div class=\"body\">");
        if (changes.Count == 0)
        {
            html.Raw("<p class=\"muted\">Nothing is noted.</p>");
        }
        else
        {
            html.Raw("<ol class=\"timeline\">");
            foreach (var change in changes.Take(Shown))
            {
                Line(html, change);
            }

            html.Raw("</ol>");
        }

        html.Raw("</div>");
        if (page > 1 || changes.Count > Shown)
        {
            html.Raw("<footer class=\"row\">");
            Step(html, page > 1, page - 1, "Later changes");
            Step(html, changes.Count > Shown, page + 1, "Earlier changes");
            html.Raw("</footer>");
        }

        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "card");
        output.Attributes.SetAttribute("id", Key);
        output.Content.SetHtmlContent(html);
    }

    private void Line(Markup html, RowChange change)
    {
        var zone = Zone ?? practice.Zone;
        var wall = WallTime.At(change.At, zone);
        var who = change.PersonId is not null && change.PersonId == actor.PersonId ? "You" : change.Who;
        html.Raw($"<li><span class=\"dot {(change.What == "added" ? "ok" : "info")}\"></span><p>").Raw("<b>").Text(who).Raw("</b> ")
            .Text(change.What).Raw(" it");
        foreach (var field in Fields.Where(f => change.Values.ContainsKey(f.Column)))
        {
            var (before, after) = change.Values[field.Column];
            html.Raw("<br>").Text($"{field.Label}: ").Raw(change.What == "added" ? "" : "<del>")
                .Text(change.What == "added" ? "" : field.Said(before, zone))
                .Raw(change.What == "added" ? "" : "</del> ").Text(field.Said(after, zone));
        }

        html.Raw("</p><time").Attribute("datetime", change.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
            .Attribute("title", $"{Said.FullDay(DateOnly.FromDateTime(wall.DateTime))} at {Said.Time(wall)}").Raw(">")
            .Text(Said.Instant(change.At, zone, clock.GetUtcNow())).Raw("</time></li>");
    }

    private void Step(Markup html, bool there, int page, string label)
    {
        if (there)
        {
            var request = View.HttpContext.Request;
            html.Raw("<a class=\"btn small\"").Attribute("href", request.Path + ListAddress.With(request, (Key, page == 1 ? null
                : $"{page}")) + $"#{Key}").Raw(">").Text(label).Raw("</a>");
        }
    }
}
