using System.Reflection;
using Modular.Host.Disk;

namespace Modular.Host.Installing;

/// <summary>The modules that come with Modular: their versions are the host's, and no package takes their place.</summary>
public static class ProductModules
{
    /// <summary>Folders of the sources that this host was built from.</summary>
    private static readonly HashSet<string> Built =
    [
        .. typeof(ProductModules).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(a => a.Key == "ProductModules")
            .SelectMany(a => a.Value!.Split(';')).Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))),
    ];

    /// <summary>Built with it and brought with it: the host in the packages for partners brings only some, and takes the others as packages.</summary>
    public static bool Has(string id, ModuleFolders folders) =>
        Built.Contains(id) && (Directory.Exists(Path.Combine(HostFolder.Path, "modules", id)) || folders.IsPlaced(id));
}
