using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>Who may do what, in one table: presets as the modules declare them, and the practice's own roles.</summary>
public sealed class RoleMatrix(PeopleDb db, CustomRoles roles, InstalledModules modules, ScopeContext scope) : Slice
{
    /// <param name="Has">Granted, by column.</param>
    public sealed record Row(string Permission, string Title, IReadOnlyList<bool> Has);

    public sealed record Group(string Module, IReadOnlyList<Row> Rows);

    public sealed record Custom(CustomRole Role, int Review, int People);

    public sealed record Model(IReadOnlyList<Custom> Custom, IReadOnlyList<Group> Groups, IReadOnlyDictionary<string, int> PresetPeople);

    [HttpGet("/admin/roles")]
    [Needs("core.people.manage")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var custom = await db.Roles.AsNoTracking().Include(r => r.Grants).OrderBy(r => r.Name).ToListAsync(ct);
        var holders = await db.PersonRoles.Where(r => db.People.Any(p => p.Id == r.PersonId && p.Active))
            .GroupBy(r => new { r.Preset, r.RoleId }).Select(g => new { g.Key.Preset, g.Key.RoleId, Count = g.Count() }).ToListAsync(ct);
        var groups = modules.WithCore.Where(m => scope.Practice.IsOn(m.Id) && m.Declared.Permissions.Count > 0)
            .Select(m => new Group(m.Manifest.Name, [.. m.Declared.Permissions.Select(p => Of(p, custom))]));
        return Page(new Model(
            [.. custom.Select(r => new Custom(r, roles.ToReview(r).Count, holders.FirstOrDefault(h => h.RoleId == r.Id)?.Count ?? 0))],
            [.. groups],
            holders.Where(h => h.Preset is not null).ToDictionary(h => h.Preset!, h => h.Count)));
    }

    private static Row Of(PermissionDeclaration permission, List<CustomRole> custom) => new(
        permission.Id, permission.Title,
        [
            .. Roles.All.Select(preset => RolePermissions.PresetHas(preset, permission)),
            .. custom.Select(role => role.Grants.Any(g => g.Permission == permission.Id && g.Granted)),
        ]);
}
