using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>A role of the practice's own: made empty or as a copy, changed, deleted.</summary>
public sealed class RoleForm(CustomRoles roles, Authority authority, InstalledModules modules, ScopeContext scope) : Slice
{
    /// <param name="New">Nobody has decided on it for this role yet.</param>
    /// <param name="May">The present person has it, and may give it.</param>
    public sealed record Line(string Id, string Title, bool Granted, bool New, bool May);

    public sealed record Group(string Module, IReadOnlyList<Line> Lines);

    /// <param name="Fault">Why the present person may not change it; nothing is offered then but a copy.</param>
    public sealed record Model(Guid? Id, string Name, IReadOnlyList<Group> Groups, string? Fault);

    /// <param name="from">Preset id or custom role id to copy.</param>
    [HttpGet("/admin/roles/edit/{id:guid?}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Get(Guid? id, string? from, CancellationToken ct)
    {
        var role = id is { } known ? await roles.FindAsync(known, ct) : null;
        if (id is not null && role is null)
        {
            return NotFound();
        }

        var copied = Guid.TryParse(from, out var other) ? await roles.FindAsync(other, ct) : null;
        var preset = Roles.All.FirstOrDefault(p => p == from);
        return Page(await ModelAsync(role, role?.Name ?? (copied is not null ? $"{copied.Name} (copy)" : ""), permission =>
            role is not null ? Has(role, permission.Id) : copied is not null ? Has(copied, permission.Id) : preset is not null && RolePermissions.PresetHas(preset, permission), ct));
    }

    [HttpPost("/admin/roles/edit/{id:guid?}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Post(Guid? id, string? name, string[] shown, string[] granted, CancellationToken ct)
    {
        var role = id is { } known ? await roles.FindAsync(known, ct) : new CustomRole { Name = "" };
        if (role is null)
        {
            return NotFound();
        }

        var wanted = granted.ToHashSet();
        if (name?.Trim().Length is not (> 0 and <= 60))
        {
            Refuse("", "Name the role, up to 60 letters.");
        }
        else
        {
            try
            {
                await roles.SaveAsync(role, name, shown, wanted, ct);
                return Done("/admin/roles", $"Role {role.Name} saved. It counts from the next click.");
            }
            catch (PeopleException e)
            {
                Refuse("", e.Message);
            }
        }

        return Invalid(await ModelAsync(id is null ? null : role, name ?? "", permission => wanted.Contains(permission.Id), ct));
    }

    [HttpPost("/admin/roles/delete/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Delete(Guid id, CancellationToken ct)
    {
        if (await roles.FindAsync(id, ct) is not { } role)
        {
            return NotFound();
        }

        try
        {
            await roles.DeleteAsync(role, ct);
            return Done("/admin/roles", $"Role {role.Name} deleted");
        }
        catch (PeopleException e)
        {
            Refuse("", e.Message);
            return Invalid(await ModelAsync(role, role.Name, permission => Has(role, permission.Id), ct));
        }
    }

    private static bool Has(CustomRole role, string permission) => role.Grants.Any(g => g.Permission == permission && g.Granted);

    private async Task<Model> ModelAsync(CustomRole? role, string name, Func<PermissionDeclaration, bool> granted, CancellationToken ct) => new(role?.Id, name,
    [
        .. modules.WithCore.Where(m => scope.Practice.IsOn(m.Id) && m.Declared.Permissions.Count > 0).Select(m => new Group(m.Manifest.Name,
        [
            .. m.Declared.Permissions.Select(p => new Line(
                p.Id, p.Title, granted(p), role is not null && role.Grants.All(g => g.Permission != p.Id), Actor.Can(p.Id))),
        ])),
    ], role is null ? null : await authority.FaultAsync(role, ct));
}
