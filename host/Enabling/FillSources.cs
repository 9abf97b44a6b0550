using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Enabling;

/// <param name="Queues">Of the module that is filled.</param>
public sealed record FillSource(LoadedModule Owner, SnapshotDeclaration Snapshot, string Alias, string[] Queues)
{
    /// <summary>The same on every host and in every version: a filling finds its place by it, whatever is turned on or off meanwhile.</summary>
    public string Name => $"{Alias} {Owner.Id}";

    /// <summary>Sorts right behind the name: no letter of a name comes before this one.</summary>
    public string Behind => Name + "!";

    /// <summary>What a chosen date leaves in.</summary>
    public string Since => Snapshot.Since ?? $"What {Owner.Manifest.Name} tells, from the day on that its maker decided";
}

/// <summary>What others own and a module hears, in an order that all hosts agree on.</summary>
public sealed class FillSources(InstalledModules modules, HandlerMap handlers)
{
    /// <summary>A call to the outside is not repeated for old facts.</summary>
    public IReadOnlyList<FillSource> Of(Practice practice, string module) =>
        [.. (from owner in modules.WithCore
             where practice.IsOn(owner.Id)
             from snapshot in owner.Declared.Snapshots
             let alias = MessageNames.Find(snapshot.Message)
             let queues = handlers.Of(alias).Where(h => h.Module == module && !h.External).Select(h => h.Queue).ToArray()
             where queues.Length > 0
             select new FillSource(owner, snapshot, alias, queues)).OrderBy(source => source.Name, StringComparer.Ordinal)];
}
