using System.Text.RegularExpressions;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Judging;

/// <summary>What a module declares, judged before it runs: every fault, as a sentence of the modules page.</summary>
public static partial class DeclarationCheck
{
    public static IReadOnlyList<string> Faults(ModuleManifest manifest, ModuleDeclarations declared) =>
    [
        .. declared.Permissions.Select(p => PermissionFault(manifest, p)).OfType<string>(),
        .. Twice(declared.Permissions.Select(p => p.Id), "permission"),
        .. Twice(declared.Topics.Select(t => t.Name), "live topic"),
        .. Twice(declared.Jobs.Select(j => j.Id), "job"),
        .. declared.Topics.Where(t => !IsNamed(manifest, t.Name)).Select(t => $"Its live topic {t.Name} must be named {manifest.Id}.something."),
        .. declared.Navigation.Where(n => !IsBelow(manifest.Id, n.Path))
            .Select(n => $"Its navigation entry {n.Title} leads to {n.Path}; a module's pages stand below /{manifest.Id}."),
        .. Twice(declared.Contacts.Select(c => c.Log), "log of contacts"),
        .. Twice(declared.Records.Select(r => r.Id), "kind of record"),
        .. declared.Records.Where(r => !RecordName(manifest.Id).IsMatch(r.Id)).Select(r => $"Its kind of record {r.Id} must be named {manifest.Id}.something."),
        .. When(declared.Records.Count > 0 && declared.Databases.Count != 1,
            $"It declares a kind of record and {declared.Databases.Count} databases; records are found in the one that the module has."),
        .. Twice(declared.Indicators.SelectMany(i => i.Indicators).Select(i => i.Key), "indicator"),
        .. Twice(declared.Indicators.Select(i => i.Source.Name), "source of indicators"),
        .. declared.Recounts.Where(r => declared.Indicators.All(i => i.Source != r.Source)).Select(r => $"It recounts {r.Source.Name}, which counts no indicators of it."),
        .. Twice(declared.Links.Select(l => l.Id).Concat(declared.Forms.Select(f => f.Kind.Id)), "link"),
        .. declared.Forms.Where(f => !RecordName(manifest.Id).IsMatch(f.Kind.Id)).Select(f => $"Its form {f.Kind.Id} must be named {manifest.Id}.something."),
        .. declared.Links.Select(l => LinkFault(manifest, l)).OfType<string>(),
        .. Twice(declared.Verbs.Select(v => v.Name), "verb"),
        .. declared.Verbs.Where(v => !VerbName().IsMatch(v.Name)).Select(v => $"Its verb \"{v.Name}\" must be two or three words of lower-case letters, such as: lab compare."),
        .. Twice(declared.Secrets.Select(s => s.Id), "secret"),
        .. declared.Secrets.Where(s => !IsNamed(manifest, s.Id)).Select(s => $"Its secret {s.Id} must be named {manifest.Id}.something."),
        .. When(declared.Secrets.Count > 0 && declared.Settings.Count == 0, "It declares a secret but no settings, so there is no page to type it on."),
        .. When(declared.Settings.Count > 1,
            $"It declares settings {declared.Settings.Count} times; a module has one settings record, and a second is never read."),
        .. When(declared.Projections.Count > 0 && declared.Databases.Count != 1,
            $"It declares a projection and {declared.Databases.Count} databases; a projection is kept in the one that the module has."),
    ];

    /// <summary>
    /// Once all are loaded: a module that names a permission nobody declares, or needs a module that does not run, is turned off,
    /// and so is whoever needs it in turn.
    /// </summary>
    public static void TurnOffUnmet(LoadedModule core, IReadOnlyList<LoadedModule> modules)
    {
        for (var again = true; again;)
        {
            var known = modules.Where(m => m.Runs).Prepend(core).SelectMany(m => m.Declared.Permissions).Select(p => p.Id).ToHashSet();
            again = false;
            foreach (var module in modules.Where(m => m.Runs).ToList())
            {
                if ((module.Manifest.DependsOn ?? []).FirstOrDefault(id => modules.All(m => m.Id != id || !m.Runs)) is { } missing)
                {
                    module.Refuse(ModuleStatus.NotSupported, $"It needs the module {missing}, which does not run.");
                    again = true;
                }
                else if (SliceCheck.UndeclaredLink(module) is { } undeclared)
                {
                    module.Refuse(ModuleStatus.Refused, undeclared);
                    again = true;
                }
                else if (PermissionUses.Of(module).Where(use => !known.Contains(use.Permission)).Distinct().ToList() is { Count: > 0 } unmet)
                {
                    module.Refuse(ModuleStatus.Refused,
                        string.Join(' ', unmet.Select(use => $"{use.What} needs the permission {use.Permission}, which no running module declares.")));
                    again = true;
                }
            }
        }
    }

    public static bool IsBelow(string id, string path)
    {
        var plain = path.TrimStart('/').Split('?', '#')[0];
        return plain == id || plain.StartsWith(id + "/", StringComparison.Ordinal);
    }

    [GeneratedRegex("^[a-z][a-z-]*( [a-z][a-z-]*){1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex VerbName();

    private static Regex RecordName(string module) => new($"^{Regex.Escape(module)}\\.[a-z][a-z0-9-]*$", RegexOptions.CultureInvariant);

    private static string? PermissionFault(ModuleManifest manifest, PermissionDeclaration permission) =>
        !permission.Id.StartsWith(manifest.Id + ".", StringComparison.Ordinal) || permission.Id.Split('.').Length != 3
            ? $"Its permission {permission.Id} must be named {manifest.Id}.noun.verb."
            : permission.Presets.FirstOrDefault(p => !Roles.All.Contains(p)) is { } unknown
                ? $"Its permission {permission.Id} is granted to the role preset {unknown}, which does not exist."
                : null;

    private static string? LinkFault(ModuleManifest manifest, LinkKind link) =>
        !link.Id.StartsWith(manifest.Id + ".", StringComparison.Ordinal) ? $"Its link {link.Id} must be named {manifest.Id}.something."
        : !IsBelow($"public/{manifest.Id}", link.Path)
            ? $"Its link {link.Id} leads to {link.Path}; a module's public pages stand below /public/{manifest.Id}."
        : link.Days is < 1 or > 365 ? $"Its link {link.Id} lasts {link.Days} days; a link lasts 1 to 365."
        : link.Allows.FirstOrDefault(p => !p.StartsWith(manifest.Id + ".", StringComparison.Ordinal)) is { } foreign
            ? $"Its link {link.Id} allows {foreign}, which is not a permission of this module."
        : null;

    private static IEnumerable<string> Twice(IEnumerable<string> names, string what) =>
        names.GroupBy(n => n).Where(g => g.Count() > 1).Select(twice => $"It declares the {what} {twice.Key} twice.");

    private static IEnumerable<string> When(bool wrong, string sentence) => wrong ? [sentence] : [];

    private static bool IsNamed(ModuleManifest manifest, string name) => name.StartsWith(manifest.Id + ".", StringComparison.Ordinal);
}
