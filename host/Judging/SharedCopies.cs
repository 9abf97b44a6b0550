using Modular.Host.Installed;

namespace Modular.Host.Judging;

/// <summary>
/// Whether a folder brings what is the host's to bring. The loader prefers the host's assembly, and takes the folder's where the host has
/// none: two modules would then have two types of one name, and a later host that brings it would change what both mean.
/// </summary>
public static class SharedCopies
{
    private const int Named = 3;

    /// <summary>The sentence to refuse the folder with; null when nothing of the host's is in it.</summary>
    public static string? Fault(string folder)
    {
        var copies = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".DLL" or ".EXE" && SharedNames.IsHosts(Path.GetFileNameWithoutExtension(file)))
            .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal).ToList();
        var lacking = copies.Where(file => !IsHere(Path.GetFileNameWithoutExtension(file))).ToList();
        return copies.Count == 0 ? null
            : lacking.Count == 0 ? $"It brings {Words(copies)}, which every module has from the host. Its maker must leave that out of the package."
            : $"It brings {Words(lacking)}, which only a host may bring, and this host does not have it. Its maker must do without it.";
    }

    private static string Words(List<string> files) =>
        string.Join(" and ", files.Take(Named)) + (files.Count > Named ? $" and {files.Count - Named} more" : "");

    /// <summary>Whether this process could load it, asked without loading it.</summary>
    private static bool IsHere(string name) => Own.Value.Contains(name);

    private static readonly Lazy<HashSet<string>> Own = new(() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.OrdinalIgnoreCase));
}
