using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>The kinds of file that enabled modules take.</summary>
public sealed class ImportKinds(IServiceProvider scope, InstalledModules modules, ScopeContext context)
{
    /// <summary>Those that this person may load, as their modules declare them: what others refer to comes first.</summary>
    public IReadOnlyList<ImportKind> Mine => [.. All().Where(k => context.Actor.Can(k.Permission))];

    /// <summary>Null when the module is off here, or the person may not load it.</summary>
    public ImportKind? Find(string id) => All().FirstOrDefault(k => k.Id == id && context.Actor.Can(k.Permission));

    private IEnumerable<ImportKind> All() => modules.WithCore
        .Where(m => context.Practice.IsOn(m.Id))
        .SelectMany(m => m.Declared.Imports)
        .Select(type => (ImportKind)ActivatorUtilities.CreateInstance(scope, type));
}
