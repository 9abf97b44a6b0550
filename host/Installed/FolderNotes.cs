namespace Modular.Host.Installed;

/// <summary>Files in a module's folder that do nothing there; its maker should know.</summary>
public static class FolderNotes
{
    /// <summary>Larger files of <c>wwwroot</c> are not served: the start would read them whole, and every browser too.</summary>
    public const long LargestAsset = 25L * 1024 * 1024;

    public static IReadOnlyList<string> Of(string folder, string id)
    {
        // The host has assets of its own, which are not a module's.
        if (id == LoadedModule.CoreId)
        {
            return [];
        }

        return [.. Assets(folder).Where(f => f.Length > LargestAsset).OrderBy(f => f.FullName, StringComparer.Ordinal)
            .Select(f => $"Its file {Path.GetRelativePath(folder, f.FullName)} is larger than {LargestAsset / 1024 / 1024} MB and is not served.")];
    }

    private static IEnumerable<FileInfo> Assets(string folder)
    {
        var root = new DirectoryInfo(Path.Combine(folder, "wwwroot"));
        return root.Exists ? root.EnumerateFiles("*", SearchOption.AllDirectories) : [];
    }
}
