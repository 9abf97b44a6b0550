using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Rights;

/// <summary>
/// What roles allow. Presets follow what the enabled modules declare, live; a custom role holds exactly what somebody granted,
/// as far as an enabled module still declares it.
/// </summary>
public static class RolePermissions
{
    public static IReadOnlySet<string> Of(InstalledModules modules, Practice practice, IReadOnlyCollection<string> presets, IReadOnlyCollection<string> granted)
    {
        var declared = Declared(modules, practice);
        return presets.Contains(Roles.Owner)
            ? declared.Select(p => p.Id).ToHashSet()
            : declared.Where(p => granted.Contains(p.Id) || p.Presets.Any(presets.Contains)).Select(p => p.Id).ToHashSet();
    }

    public static bool PresetHas(string preset, PermissionDeclaration permission) => preset == Roles.Owner || permission.Presets.Contains(preset);

    /// <summary>Permissions of the modules that are on here.</summary>
    public static IEnumerable<PermissionDeclaration> Declared(InstalledModules modules, Practice practice) =>
        modules.WithCore.Where(m => practice.IsOn(m.Id)).SelectMany(m => m.Declared.Permissions);
}
