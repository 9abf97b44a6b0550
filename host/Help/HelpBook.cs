using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Modular.Host.Installed;

namespace Modular.Host.Help;

/// <param name="Module">Whose page it helps with; <c>core</c> for the host's own.</param>
/// <param name="Id">The file's name without ending.</param>
/// <param name="Covers">Folders of addresses it is about, beside its own id.</param>
/// <param name="Html">The text below the title, its headings from the third level down.</param>
/// <param name="Plain">All of it as text, for the search.</param>
public sealed record HelpTopic(string Module, string Id, string Title, IReadOnlyList<string> Covers, string Html, string Plain)
{
    public string Address => $"/help/{Module}/{Id}";
}

/// <summary>
/// The help of every module that runs, read once from <c>Help/*.md</c> in its folder. A file is about the addresses of its own name:
/// <c>scans.md</c> about <c>/patients/scans</c>. <c>index.md</c> is about the rest, and a first line such as
/// <c>&lt;!-- pages: cases coverages --&gt;</c> names further folders.
/// </summary>
public sealed partial class HelpBook(InstalledModules modules)
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    private readonly Lazy<IReadOnlyList<HelpTopic>> all = new(() => [.. modules.WithCore.SelectMany(ReadAll)]);

    /// <summary>Of these modules, in their order: what everybody begins with first, the rest by title.</summary>
    public IEnumerable<HelpTopic> Of(IReadOnlyCollection<string> ids) => all.Value.Where(t => ids.Contains(t.Module));

    public HelpTopic? Find(string module, string id) => all.Value.FirstOrDefault(t => t.Module == module && t.Id == id);

    /// <summary>What helps with the page at this path, if anything does.</summary>
    public HelpTopic? About(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var module = parts.FirstOrDefault() is { } first && modules.Find(first) is not null ? first : LoadedModule.CoreId;
        var folder = (module == LoadedModule.CoreId && parts.FirstOrDefault() != "admin" ? parts.FirstOrDefault() : parts.ElementAtOrDefault(1)) ?? "index";
        return all.Value.FirstOrDefault(t => t.Module == module && (t.Id == folder || t.Covers.Contains(folder))) ?? Find(module, "index");
    }

    private static IEnumerable<HelpTopic> ReadAll(LoadedModule module)
    {
        var folder = new DirectoryInfo(module.Id == LoadedModule.CoreId ? Path.Combine(module.Folder, "Help", module.Id) : Path.Combine(module.Folder, "Help"));
        return !folder.Exists ? [] : folder.GetFiles("*.md").Select(file => Read(module.Id, Path.GetFileNameWithoutExtension(file.Name), File.ReadAllText(file.FullName)))
            .OrderBy(t => t.Id == "index" ? 0 : 1).ThenBy(t => t.Title, StringComparer.Ordinal);
    }

    private static HelpTopic Read(string module, string id, string text)
    {
        var covers = Pages().Match(text);
        var document = Markdig.Markdown.Parse(covers.Success ? text[covers.Length..] : text, Markdown);
        var title = document.OfType<HeadingBlock>().FirstOrDefault(h => h.Level == 1);
        if (title is not null)
        {
            document.Remove(title);
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(heading.Level + 1, 6);
        }

        foreach (var link in document.Descendants<LinkInline>().Where(l => l.Url?.EndsWith(".md", StringComparison.Ordinal) == true))
        {
            // "scans.md" is of the same module, "../scheduling/days.md" of another.
            var to = link.Url![..^3].Split('/');
            link.Url = $"/help/{(to.Length > 1 ? to[^2] : module)}/{to[^1]}";
            link.GetAttributes().AddProperty("data-drawer", "");
        }

        var html = document.ToHtml(Markdown);
        var plain = Spaces().Replace(new HtmlParser().ParseDocument(html).Body?.TextContent ?? "", " ").Trim();
        var said = title?.Inline?.FirstChild is LiteralInline words ? words.Content.ToString() : id;
        return new(module, id, WebUtility.HtmlDecode(said), covers.Success ? covers.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [], html, plain);
    }

    [GeneratedRegex(@"^\s*<!-- pages: ([a-z0-9 -]+?) -->")]
    private static partial Regex Pages();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
