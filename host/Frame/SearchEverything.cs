using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Search;
using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>One search for everything: under the box while typing, a page of its own after Enter without a choice.</summary>
public sealed class SearchEverything(GlobalSearch search, FrameReader frame, InstalledModules modules, IPractice practice) : Slice
{
    private const int Under = 10;
    private const int OnPage = 60;

    /// <param name="scanned">What was scanned is whole: the one thing that has this code opens at once.</param>
    [HttpGet("/search")]
    [OpenTo(Audience.SignedIn, "Everybody may search; each result asks for its own permission.")]
    public async Task<IActionResult> Get(string? q, bool scanned, CancellationToken ct)
    {
        var text = (q ?? "").Trim();
        if (scanned)
        {
            // Of a package, what it is is looked up; its lot and expiry are for whoever takes it into stock.
            text = Gs1.Parse(text, WallTime.Today(Clock, practice.Zone)).Gtin ?? text;
            if (await search.OfCodeAsync(text, ct) is [var only])
            {
                return LocalRedirect(only.Link);
            }
        }

        var found = text.Length == 0 ? [] : await search.FindAsync(text, Request.WantsFragment() ? Under : OnPage, ct);
        var groups = found.GroupBy(f => (f.Module, f.Kind)).Select(g => new FoundGroup(Heading(g.Key.Kind), Icon(g.Key.Module, g.Key.Kind), [.. g.Select(f => new FoundLine(f.Title, f.Detail, f.Link))])).ToList();
        var pages = text.Length == 0 ? [] : frame.Allowed().Where(e => Matches(e.Title, text)).Select(e => new FoundLine(e.Title, "Page", e.Path)).ToList();
        if (pages.Count > 0)
        {
            groups.Add(new("Pages", "file", pages));
        }

        var model = new FoundPage(text, groups);
        return Request.WantsFragment() ? Fragment("_Found", model) : Page(model);
    }

    private static bool Matches(string title, string text) =>
        title.Split(' ').Any(word => word.StartsWith(text, StringComparison.OrdinalIgnoreCase)) || title.StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private static string Heading(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..] + "s";

    private string Icon(string module, string kind) => kind == "patient" ? "user" : modules.Find(module)?.Declared.Navigation.FirstOrDefault()?.Icon ?? "file";
}

public sealed record FoundPage(string Text, IReadOnlyList<FoundGroup> Groups);

public sealed record FoundGroup(string Heading, string Icon, IReadOnlyList<FoundLine> Lines);

public sealed record FoundLine(string Title, string Detail, string Link);
