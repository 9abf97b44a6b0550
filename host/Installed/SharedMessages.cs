using System.Reflection;
using System.Runtime.Loader;
using Modular.Sdk;

namespace Modular.Host.Installed;

/// <summary>The messages of all modules, loaded once, before any module: two modules speak by the same type only then.</summary>
public static class SharedMessages
{
    /// <summary>
    /// The message assemblies of these modules, one file a name. The owner's own wins, so that no copy in a stranger's folder, however high
    /// its version, changes what it says. Of messages whose owner is not there the highest version wins, for message assemblies only grow.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyCollection<LoadedModule> modules)
    {
        var owned = modules.Where(m => m.Manifest.Messages is not null).ToLookup(m => m.Manifest.Messages, m => Path.Combine(m.Folder, m.Manifest.Messages!));
        return modules.SelectMany(m => Directory.EnumerateFiles(m.Folder, $"*{SharedNames.MessagesSuffix}.dll"))
            .Select(path => (path, name: NameOf(path)!))
            .Where(x => x.name is not null)
            .GroupBy(x => x.name.Name!)
            .ToDictionary(group => group.Key, group =>
            {
                var owner = owned[$"{group.Key}.dll"].FirstOrDefault();
                return group.OrderByDescending(x => x.path == owner).ThenByDescending(x => x.name.Version).First().path;
            });
    }

    /// <summary>Loads them into the default context, where every module finds them.</summary>
    public static void Load(IReadOnlyDictionary<string, string> messages)
    {
        foreach (var (name, path) in messages)
        {
            if (Find(name) is null)
            {
                AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
            }
        }
    }

    /// <summary>The assembly of a module's own messages, once they are loaded.</summary>
    public static Assembly? Of(ModuleManifest manifest) =>
        Path.GetFileNameWithoutExtension(manifest.Messages) is { Length: > 0 } name ? Find(name) : null;

    private static Assembly? Find(string name) => AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => a.GetName().Name == name);

    /// <summary>Null for what only looks like an assembly.</summary>
    private static AssemblyName? NameOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException)
        {
            return null;
        }
    }
}
