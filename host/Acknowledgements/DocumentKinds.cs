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

    /// <summary>
    /// With all versions, who was asked and what they signed: six years from the day on which a document was last in effect, which the security
    /// rule says of its own (45 CFR 164.316(b)(2)(i)) and the privacy rule of policies and training. A hold of anybody who signed reaches it.
    /// </summary>
    public static readonly RetentionClass Kept =
        new("core.acknowledgement", "Documents that staff signed", "reading_documents", 6, "45 CFR 164.530(j)(2)", new(2026, 11, 30))
        {
            Begins = "Withdrawal of the document", Starts = "r.withdrawn_at", Label = "r.name",
            Person = """
                (select a.person_id from core.acknowledgements a join core.retention_holds h on h.person_id = a.person_id and h.released_at is null
                    where a.document_id = r.id limit 1)
                """,
        };

    public IEnumerable<DocumentKind> All => modules.WithCore.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Documents);

    public DocumentKind? Find(string id) => All.FirstOrDefault(k => k.Id == id);

    /// <summary>Kinds whose documents whoever asks publishes, by their titles.</summary>
    public IReadOnlyDictionary<string, string> Managed => All.Where(k => scope.Actor.Can(k.Permission)).ToDictionary(k => k.Id, k => k.Title);
}
