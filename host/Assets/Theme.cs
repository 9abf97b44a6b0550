using System.Text;
using System.Text.Json;

namespace Modular.Host.Assets;

/// <summary>
/// A folder with <c>theme.json</c>. Its style sheets are one file for the browser, its base's first, and so are its scripts:
/// a page costs one request each. Other files are its own or its base's.
/// </summary>
public sealed class Theme(string id, string name, IReadOnlyDictionary<string, Asset> files)
{
    public const string Default = "default";
    public const string Styles = "styles.css";
    public const string Scripts = "scripts.js";

    private static readonly string[] Libraries = ["htmx.min.js", "idiomorph.min.js"];

    public string Id { get; } = id;

    public string Name { get; } = name;

    public Asset? Find(string file) => files.GetValueOrDefault(file);

    /// <param name="libraries">Folder of the browser libraries that every theme's script stands on.</param>
    public static IReadOnlyDictionary<string, Theme> LoadAll(string folder, string libraries)
    {
        if (!Directory.Exists(folder))
        {
            return new Dictionary<string, Theme>();
        }

        var found = Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "theme.json")))
            .Select(d => (Folder: d, File: JsonSerializer.Deserialize<ThemeFile>(File.ReadAllText(Path.Combine(d, "theme.json")), JsonSerializerOptions.Web)!))
            .ToDictionary(t => t.File.Id, t => t);
        return found.Values.Select(t => Load(t.File, [.. Chain(t.File, found)], libraries)).ToDictionary(t => t.Id);
    }

    /// <summary>The theme and what it builds on, the base first.</summary>
    private static List<(string Folder, ThemeFile File)> Chain(ThemeFile theme, Dictionary<string, (string Folder, ThemeFile File)> all)
    {
        var chain = new List<(string, ThemeFile)>();
        for (var at = theme; at is not null && chain.All(c => c.Item2.Id != at.Id); at = at.Base is null ? null : all.GetValueOrDefault(at.Base).File)
        {
            chain.Insert(0, all[at.Id]);
        }

        return chain;
    }

    private static Theme Load(ThemeFile theme, (string Folder, ThemeFile File)[] chain, string libraries)
    {
        var styles = chain.SelectMany(t => (t.File.Styles ?? []).Select(s => Path.Combine(t.Folder, s)));
        var scripts = Libraries.Select(s => Path.Combine(libraries, s)).Concat(chain.SelectMany(t => (t.File.Scripts ?? []).Select(s => Path.Combine(t.Folder, s))));
        var files = new Dictionary<string, Asset>
        {
            [Styles] = Asset.Of(Styles, Join(styles, "\n")),
            [Scripts] = Asset.Of(Scripts, Join(scripts, "\n;\n")),
        };
        foreach (var (folder, _) in chain)
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(p => Path.GetExtension(p) is not (".css" or ".js" or ".json" or ".md")))
            {
                var file = Path.GetRelativePath(folder, path).Replace('\\', '/');
                files[file] = Asset.OfFile(file, path);
            }
        }

        // Scripts of single pages, which the others need not load.
        foreach (var (folder, part) in chain.SelectMany(t => t.File.Parts ?? [], (t, part) => (t.Folder, part)))
        {
            files[part] = Asset.OfFile(part, Path.Combine(folder, part));
        }

        return new(theme.Id, theme.Name, files);
    }

    private static byte[] Join(IEnumerable<string> paths, string between) => Encoding.UTF8.GetBytes(string.Join(between, paths.Select(File.ReadAllText)));

    private sealed record ThemeFile(string Id, string Name, string? Base, string[]? Styles, string[]? Scripts, string[]? Parts);
}
