using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Kinds of documents of the modules that are on.</summary>
public sealed class DocumentKinds(InstalledModules modules, ScopeContext scope)
{
    public const string Manage = "core.acknowledgements.manage";

    /// <summary>Of the practice itself, whatever modules it has.</summary>
    public static readonly DocumentKind Policy = new("core.policy", "Policy of the practice", Manage);

    public IEnumerable<DocumentKind> All => modules.WithCore.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Documents);

    public DocumentKind? Find(string id) => All.FirstOrDefault(k => k.Id == id);

    /// <summary>Kinds whose documents whoever asks publishes, by their titles.</summary>
    public IReadOnlyDictionary<string, string> Managed => All.Where(k => scope.Actor.Can(k.Permission)).ToDictionary(k => k.Id, k => k.Title);
}
