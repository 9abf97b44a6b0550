using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Modular.Testing;

/// <summary>The host is no reference of the tests: its assemblies are found in the folder of the package when the first of them is needed.</summary>
internal static class HostAssemblies
{
    private const string HostKey = "Modular.Testing.Host";
    private const string ModulesKey = "Modular.Testing.Modules";

    /// <summary>Folders of the modules under test: the projects that the tests refer to.</summary>
    public static IReadOnlyList<string> Modules { get; } =
        ((string?)AppContext.GetData(ModulesKey) ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);

    // Before any method that names a type of the host is compiled.
    [ModuleInitializer]
    internal static void Listen()
    {
        if (AppContext.GetData(HostKey) is string folder && File.Exists(Path.Combine(folder, "Modular.Host.dll")))
        {
            var host = new AssemblyDependencyResolver(Path.Combine(folder, "Modular.Host.dll"));
            AssemblyLoadContext.Default.Resolving += (context, name) => Find(host, folder, name) is { } file ? context.LoadFromAssemblyPath(file) : null;
        }
    }

    private static string? Find(AssemblyDependencyResolver host, string folder, AssemblyName name) =>
        name.Name == "Modular.Host" ? Path.Combine(folder, "Modular.Host.dll") : host.ResolveAssemblyToPath(name);
}
