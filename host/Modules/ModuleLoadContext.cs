using System.Reflection;
using System.Runtime.Loader;

namespace Modular.Host.Modules;

/// <summary>
/// Private dependencies for one module. Shared names (the SDK, ASP.NET Core, EF Core, Npgsql and every <c>*.Messages</c>) come from
/// the host and are asked first, so that a copy in the module's folder is never loaded. Never unloaded: a context does not collect
/// once an EF model was built in it.
/// </summary>
public sealed class ModuleLoadContext(string assemblyPath) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assemblyPath), isCollectible: false)
{
    private static readonly HashSet<string> SharedNames =
        ["Modular.Sdk", "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL"];

    private static readonly string[] SharedPrefixes =
        ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.EntityFrameworkCore"];

    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    public static bool IsShared(string name) =>
        name.EndsWith(".Messages", StringComparison.Ordinal)
        || SharedNames.Contains(name)
        || SharedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName.Name!))
        {
            return null;
        }

        return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    /// <summary>
    /// The message assemblies of these modules, one file a name: two modules speak by the same type only when it is loaded once. The
    /// owner's own wins, so that no copy in a stranger's folder, however high its version, changes what it says. Of messages whose owner
    /// is not there the highest version wins, for message assemblies only grow.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Messages(IReadOnlyCollection<LoadedModule> modules)
    {
        var owned = modules.Where(m => m.Manifest.Messages is not null).ToLookup(m => m.Manifest.Messages, m => Path.Combine(m.Folder, m.Manifest.Messages!));
        return modules.SelectMany(m => Directory.EnumerateFiles(m.Folder, "*.Messages.dll"))
            .Select(path => (path, name: NameOf(path)!))
            .Where(x => x.name is not null)
            .GroupBy(x => x.name.Name!)
            .ToDictionary(group => group.Key, group =>
            {
                var owner = owned[$"{group.Key}.dll"].FirstOrDefault();
                return group.OrderByDescending(x => x.path == owner).ThenByDescending(x => x.name.Version).First().path;
            });
    }

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

    /// <summary>Loads them into the default context, before any module.</summary>
    public static void ShareMessages(IReadOnlyDictionary<string, string> messages)
    {
        foreach (var (name, path) in messages)
        {
            if (Default.Assemblies.All(a => a.GetName().Name != name))
            {
                Default.LoadFromAssemblyPath(path);
            }
        }
    }

    /// <summary>The assembly of a module's own messages, once they are shared.</summary>
    public static Assembly? MessagesOf(Sdk.ModuleManifest manifest) =>
        Path.GetFileNameWithoutExtension(manifest.Messages) is { Length: > 0 } name ? Default.Assemblies.FirstOrDefault(a => a.GetName().Name == name) : null;
}
