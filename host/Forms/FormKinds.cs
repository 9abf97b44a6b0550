using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Kinds of forms of the modules that are on, and the records that they are about.</summary>
public sealed class FormKinds(InstalledModules modules, ScopeContext scope, IServiceProvider services)
{
    public const string Manage = "core.forms.manage", SeeAnswers = "core.forms.review", Export = "core.forms.export";

    private IEnumerable<FormDeclaration> Declared => modules.Running.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Forms);

    public IEnumerable<FormKind> All => Declared.Select(d => d.Kind);

    public FormKind? Find(string id) => All.FirstOrDefault(k => k.Id == id);

    /// <summary>Of kinds whose answers whoever asks may see.</summary>
    public string[] Reviewed => [.. All.Where(k => scope.Actor.Can(k.Review)).Select(k => k.Id)];

    /// <summary>What knows the records of a kind; null for a kind whose answers change none.</summary>
    public IFormRecord? RecordsOf(FormKind kind) =>
        Declared.First(d => d.Kind == kind).Record is { } type ? (IFormRecord)services.GetRequiredService(type) : null;
}
