using System.Reflection.Metadata;
using Modular.Host.Installed;

namespace Modular.Host.Judging.Compatibility;

/// <summary>The assemblies that a module brings, its own and its private libraries, read as data. Messages are not among them: they are loaded once for all.</summary>
public sealed class ModuleAssemblies : IDisposable
{
    private ModuleAssemblies(IReadOnlyList<AssemblyFacts> all) => All = all;

    public IReadOnlyList<AssemblyFacts> All { get; }

    /// <exception cref="BadImageFormatException">One of them is damaged.</exception>
    public static ModuleAssemblies Read(LoadedModule module) => new(
        [.. Directory.EnumerateFiles(module.Folder, "*.dll").Where(f => !SharedNames.Has(Path.GetFileNameWithoutExtension(f))).Order(StringComparer.Ordinal)
            .Select(AssemblyFacts.Read).OfType<AssemblyFacts>()]);

    public ModuleAssembliesRead Summary() => new(
        [.. All.SelectMany(a => a.References).Select(r => r.Name).Where(SharedNames.Has).Distinct(StringComparer.Ordinal)],
        string.Join(' ', All.Select(a => a.Mvid)));

    public void Dispose()
    {
        foreach (var facts in All)
        {
            facts.Dispose();
        }
    }
}
