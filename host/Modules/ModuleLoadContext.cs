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
    /// Loads the message assemblies of all modules into the default context before any module: two modules speak by the same type
    /// only when it is loaded once. The highest version wins; message assemblies only grow.
    /// </summary>
    public static void ShareMessages(IEnumerable<LoadedModule> modules)
    {
        var highest = modules
            .SelectMany(m => Directory.EnumerateFiles(m.Folder, "*.Messages.dll"))
            .Select(path => (path, name: AssemblyName.GetAssemblyName(path)))
            .GroupBy(x => x.name.Name)
            .Select(group => group.MaxBy(x => x.name.Version));
        foreach (var (path, name) in highest)
        {
            if (Default.Assemblies.All(a => a.GetName().Name != name.Name))
            {
                Default.LoadFromAssemblyPath(path);
            }
        }
    }
}
