using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>One that a <c>&lt;picker&gt;</c> offers.</summary>
/// <param name="Id">What the form posts when it is chosen.</param>
/// <param name="Name">What the field shows then: "Kaur, Simran (Sim)".</param>
/// <param name="Detail">What tells two of a name apart: "3/4/81 · 45 · 10023".</param>
public sealed record Pick(Guid Id, string Name, string? Detail = null)
{
    /// <summary>A picture of the theme.</summary>
    public string Icon { get; init; } = "user";

    /// <summary>What was typed is the whole number of this one, so that a scan chooses it.</summary>
    public bool Exact { get; init; }

    /// <summary>What stands beside the name and is not part of it, such as that the chart is restricted.</summary>
    public Mark? Mark { get; init; }
}

/// <summary>A way on when nobody on the list is meant: opens in the drawer.</summary>
/// <param name="Link">A path of this practice.</param>
public sealed record PickElse(string Link, string Name, string? Detail = null)
{
    /// <summary>A picture of the theme.</summary>
    public string Icon { get; init; } = "plus";
}

/// <summary>
/// The answer to what was typed into a <c>&lt;picker&gt;</c>. Whoever answers with patients notes them in the access log first
/// (<see cref="IAccessLog.Listed"/>).
/// </summary>
/// <example><code>
/// return new PickList(found.Select(s => new Pick(s.Id, s.Name, s.Words))) { None = typed.Length > 1 ? "Not on the list yet." : null };
/// </code></example>
public sealed class PickList(IEnumerable<Pick> found) : IActionResult
{
    private readonly IReadOnlyList<Pick> found = [.. found];

    /// <summary>Said when nothing was found; null says nothing, as before anything was typed.</summary>
    public string? None { get; init; }

    /// <summary>Beside <see cref="None"/>, when nothing was found.</summary>
    public PickElse? Else { get; init; }

    /// <summary>
    /// Said above those that are offered before anything is typed: "Filed for last". None of them is taken by Enter alone, since nobody
    /// asked for it.
    /// </summary>
    public string? Offered { get; init; }

    public Task ExecuteResultAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var http = context.HttpContext;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(Write(http.RequestServices.GetRequiredService<IPageParts>(), http.Request.Headers["HX-Target"].ToString()).ToString(), http.RequestAborted);
    }

    private Markup Write(IPageParts parts, string list)
    {
        var html = new Markup();
        if (Offered is not null && found.Count > 0)
        {
            html.Raw("<div class=\"group\" role=\"presentation\" data-offered>").Text(Offered).Raw("</div>");
        }

        // Two pickers of a page may offer the same person.
        foreach (var pick in found)
        {
            Line(html.Raw(pick.Exact ? "<a role=\"option\" tabindex=\"-1\" data-exact" : "<a role=\"option\" tabindex=\"-1\"").Attribute("id", $"{list}-{pick.Id:N}").Attribute("data-value", pick.Id.ToString()).Attribute("data-text", pick.Name), parts, pick.Icon, pick.Name, pick.Detail);
            if (pick.Mark is { } mark)
            {
                html.Add(StatusTagHelper.Tag(parts, mark));
            }

            html.Raw("</a>");
        }

        if (found.Count == 0 && None is not null)
        {
            html.Raw("<div class=\"group\" role=\"presentation\">").Text(None).Raw("</div>");
            if (Else is { } other)
            {
                Line(html.Raw("<a role=\"option\" tabindex=\"-1\" data-drawer").Attribute("id", $"{list}-else").Attribute("href", other.Link), parts, other.Icon, other.Name, other.Detail).Raw("</a>");
            }
        }

        return html;
    }

    private static Markup Line(Markup html, IPageParts parts, string icon, string name, string? detail)
    {
        html.Raw(">").Add(IconTagHelper.Svg(parts, icon)).Raw("<span class=\"two\"><b>").Text(name).Raw("</b>");
        return (detail is null ? html : html.Raw("<small>").Text(detail).Raw("</small>")).Raw("</span>");
    }
}
