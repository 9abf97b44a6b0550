using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins.Loader;
using Modular.Host.Installed;

namespace Modular.Host.Loading;

/// <summary>
/// Loads judged modules with McMaster.NETCore.Plugins, each into a load context of its own: what it refers to of the shared list is the
/// host's, everything else comes from its folder, in whatever version, native libraries included. The context is built by the package's
/// builder and not by its PluginLoader, which would also look where a module's runtimeconfig.json points and take more of the start.
/// Never unloaded: a context does not collect once an EF model was built in it.
/// </summary>
public static class ModuleLoader
{
    private static readonly ConcurrentDictionary<(string Path, string Build), Lazy<Assembly>> Loaded = new();

    /// <summary>
    /// The module's assembly. A folder is loaded once in a process, however many hosts run in it; with other files in it, as when a
    /// version was taken back, it is another module.
    /// </summary>
    public static Assembly Load(LoadedModule module)
    {
        var read = module.Assemblies ?? throw new InvalidOperationException($"The module {module.Id} is to be loaded before its assemblies were judged.");
        var path = Path.GetFullPath(Path.Combine(module.Folder, module.Manifest.Assembly));
        return Loaded.GetOrAdd((path, read.Build), _ => new(() => LoadFrom(path, read.Shared))).Value;
    }

    private static Assembly LoadFrom(string path, IReadOnlyCollection<string> shared)
    {
        // Lazily: each name is loaded, and what it refers to in turn only when the module comes to it.
        var context = new AssemblyLoadContextBuilder().SetMainAssemblyPath(path).SetDefaultContext(AssemblyLoadContext.Default).IsLazyLoaded(true);
        foreach (var name in shared)
        {
            context.PreferDefaultLoadContextAssembly(new(name));
        }

        return context.Build().LoadFromAssemblyPath(path);
    }
}
