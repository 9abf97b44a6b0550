using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>The kinds of links that running modules declare.</summary>
public sealed class LinkBook(InstalledModules modules)
{
    /// <summary>The page of the host that the links of all kinds of forms open.</summary>
    public const string FormLink = "core.form", FormPath = "/public/forms";

    private readonly Dictionary<string, LinkKind> kinds = modules.Running.SelectMany(m => m.Declared.Links.Concat(m.Declared.Forms
        .Select(f => new LinkKind(f.Kind.Id, f.Kind.Title, FormPath, f.Kind.Ask) { Days = f.Kind.LinkDays }))).ToDictionary(k => k.Id);

    /// <summary>What the page that a link opens says of itself (<see cref="PublicPageAttribute.Link"/>).</summary>
    public static string PageOf(LinkKind kind) => kind.Path == FormPath ? FormLink : kind.Id;

    /// <summary>Null when no module that is on here has it.</summary>
    public LinkKind? Find(Practice practice, string id) => kinds.TryGetValue(id, out var kind) && practice.IsOn(id.Split('.')[0]) ? kind : null;
}
