using System.Runtime.CompilerServices;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Search;

/// <summary>The declarations by entity type, looked up at every save.</summary>
public static class DeclaredEntries
{
    private static readonly ConditionalWeakTable<InstalledModules, Lookup> Lookups = [];

    public static IEnumerable<(string Module, SearchDeclaration Declared)> SearchOf(this InstalledModules modules, Type entity) => Of(modules).Search[entity];

    public static IEnumerable<(string Module, TaskDeclaration Declared)> TasksOf(this InstalledModules modules, Type entity) => Of(modules).Tasks[entity];

    private static Lookup Of(InstalledModules modules) => Lookups.GetValue(modules, m => new(
        m.WithCore.SelectMany(x => x.Declared.Search.Select(s => (x.Id, s))).ToLookup(x => x.s.Entity),
        m.WithCore.SelectMany(x => x.Declared.Tasks.Select(t => (x.Id, t))).ToLookup(x => x.t.Entity)));

    private sealed record Lookup(ILookup<Type, (string, SearchDeclaration)> Search, ILookup<Type, (string, TaskDeclaration)> Tasks);
}
