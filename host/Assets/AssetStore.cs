using Modular.Host.Disk;
using Modular.Host.Installed;
using Modular.Host.Start;

namespace Modular.Host.Assets;

/// <summary>The themes and every module's <c>wwwroot</c>, read once at start.</summary>
public sealed class AssetStore(StartOptions options, InstalledModules modules)
{
    private readonly Dictionary<(string Module, string File), Asset> content = modules.Running.SelectMany(Files).ToDictionary(f => (f.Module, f.Asset.Name), f => f.Asset);

    public IReadOnlyDictionary<string, Theme> Themes { get; } = Theme.LoadAll(options.ThemesDirectory, Path.Combine(HostFolder.Path, "browser"));

    public string ThemeUrl(string theme, string file)
    {
        var wanted = Themes.GetValueOrDefault(theme) ?? Themes.GetValueOrDefault(Theme.Default);
        return wanted?.Find(file) is { } asset ? $"/_theme/{wanted.Id}/{asset.Hash}/{file}" : throw new FileNotFoundException($"No theme has the file {file}; is the folder {options.ThemesDirectory} complete?");
    }

    public string ModuleUrl(string module, string file) =>
        content.TryGetValue((module, file), out var asset) ? $"/_content/{module}/{asset.Hash}/{file}" : throw new FileNotFoundException($"The module {module} has no file wwwroot/{file}.");

    public Asset? Find(string owner, string file, bool theme) => theme ? Themes.GetValueOrDefault(owner)?.Find(file) : content.GetValueOrDefault((owner, file));

    private static IEnumerable<(string Module, Asset Asset)> Files(LoadedModule module)
    {
        var root = Path.Combine(module.Folder, "wwwroot");
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length <= FolderNotes.LargestAsset).Select(path => (module.Id, Asset.OfFile(Path.GetRelativePath(root, path).Replace('\\', '/'), path)))
            : [];
    }
}
