using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>The kinds of links that running modules declare.</summary>
public sealed class LinkBook(InstalledModules modules)
{
    private readonly Dictionary<string, LinkKind> kinds = modules.Running.SelectMany(m => m.Declared.Links).ToDictionary(k => k.Id);

    /// <summary>Null when no module that is on here has it.</summary>
    public LinkKind? Find(Practice practice, string id) => kinds.TryGetValue(id, out var kind) && practice.IsOn(id.Split('.')[0]) ? kind : null;
}
