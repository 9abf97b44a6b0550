using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Help;

/// <summary>Help with a page beside that page, the contents, a search in all of it, and a chapter on paper.</summary>
public sealed class ShowHelp(HelpBook book, InstalledModules modules, ScopeContext scope) : Slice
{
    private const int MostFound = 12, Around = 70;

    public sealed record Chapter(string Module, string Name, IReadOnlyList<HelpTopic> Topics);

    public sealed record Hit(HelpTopic Topic, string Words);

    public sealed record Model(HelpTopic? Topic, string Query, IReadOnlyList<Hit> Found, IReadOnlyList<Chapter> Contents);

    [HttpGet("/help")]
    [OpenTo(Audience.SignedIn, "How the pages work; it holds nothing of the practice.")]
    public IActionResult Get(string? page, string? q)
    {
        var asked = (q ?? "").Trim();
        return Page(new Model(asked.Length == 0 && page is not null ? book.About(page) is { } about && IsOn(about.Module) ? about : null : null, asked, Find(asked), Contents()));
    }

    [HttpGet("/help/{module}/{topic}")]
    [OpenTo(Audience.SignedIn, "How the pages work; it holds nothing of the practice.")]
    public IActionResult About(string module, string topic) =>
        IsOn(module) && book.Find(module, topic) is { } found ? Page(new Model(found, "", [], Contents())) : NotFound();

    [HttpGet("/help/{module}")]
    [OpenTo(Audience.SignedIn, "How the pages work; it holds nothing of the practice.")]
    public IActionResult Print(string module) =>
        Contents().FirstOrDefault(c => c.Module == module) is { } chapter ? View("_Chapter", chapter) : NotFound();

    private bool IsOn(string module) => module == LoadedModule.CoreId || scope.Practice.IsOn(module);

    private List<Chapter> Contents() =>
        [.. modules.WithCore.Where(m => IsOn(m.Id)).Select(m => new Chapter(m.Id, m.Manifest.Name, [.. book.Of([m.Id])])).Where(c => c.Topics.Count > 0)];

    /// <summary>Topics that hold every word, those first that have them in the title.</summary>
    private List<Hit> Find(string asked)
    {
        var words = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? [] : [.. Contents().SelectMany(c => c.Topics)
            .Where(t => words.All(w => Holds(t.Title, w) || Holds(t.Plain, w)))
            .OrderByDescending(t => words.Count(w => Holds(t.Title, w)))
            .Take(MostFound)
            .Select(t => new Hit(t, Said(t.Plain, words)))];
    }

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string Said(string text, string[] words)
    {
        var at = words.Select(w => text.IndexOf(w, StringComparison.OrdinalIgnoreCase)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        var (from, to) = (at < Around ? 0 : text.IndexOf(' ', at - Around) + 1, Math.Min(text.Length, at + Around));
        return $"{(from > 0 ? "… " : "")}{text[from..to]}{(to < text.Length ? " …" : "")}";
    }
}
