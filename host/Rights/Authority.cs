using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Rights;

/// <summary>
/// The one place that decides whether somebody may act upon a person, a role, a program or a location: only upon what reaches no further
/// than they do themselves, in rights and in places. What is given meanwhile is <see cref="Granting"/>'s to judge.
/// </summary>
public sealed class Authority(PeopleDb db, InstalledModules modules, ScopeContext scope)
{
    /// <summary>Acts upon people and roles take it first, so that what was judged is still so when it is written.</summary>
    public const string Lock = "core.people";

    private Actor Actor => scope.Actor;

    /// <returns>The sentence for the page, or null when they may.</returns>
    public async Task<string?> FaultAsync(Person target, CancellationToken ct) =>
        Actor.IsSystem ? null : Fault(target.Name, await ReachAsync(target.Id, ct));

    /// <summary>Who changes a role changes everybody who has it.</summary>
    public async Task<string?> FaultAsync(CustomRole role, CancellationToken ct)
    {
        if (Actor.IsSystem)
        {
            return null;
        }

        if (Lacking([.. role.Grants.Where(g => g.Granted).Select(g => g.Permission)]) is { Count: > 0 } lacking)
        {
            return $"This role allows what you may not do yourself, so you cannot change it: {Few(lacking)}.";
        }

        var holders = await db.People.AsNoTracking().Where(p => p.Roles.Any(r => r.RoleId == role.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        foreach (var holder in holders)
        {
            if (Fault(holder.Name, await ReachAsync(holder.Id, ct)) is not null)
            {
                return $"{holder.Name} has this role and reaches further than you do, so you cannot change it. Make a copy instead.";
            }
        }

        return null;
    }

    /// <param name="permissions">What the program may do.</param>
    /// <param name="locations">Where; null is everywhere.</param>
    public string? FaultOfProgram(string name, IReadOnlyCollection<string> permissions, IReadOnlyCollection<Guid>? locations) =>
        Actor.IsSystem ? null
        : Lacking(permissions) is { Count: > 0 } lacking ? $"{name} may do what you may not do yourself, so you cannot change it: {Few(lacking)}."
        : !Within(locations) ? $"{name} works at locations at which you do not, so you cannot change it."
        : null;

    /// <param name="location">Null is the whole practice, a new location too.</param>
    public string? FaultAt(Guid? location) =>
        Actor.IsSystem || Within(location is { } one ? [one] : null) ? null
        : location is null ? "This is of the whole practice, and you work at some locations only."
        : "You do not work at this location, so you cannot change it.";

    /// <summary>For what decides who anybody is here, such as the sign-in provider.</summary>
    public string? FaultOverAll() =>
        Actor.IsSystem || (Actor.Roles.Contains(Roles.Owner) && Actor.Locations is null) ? null : "Only an owner of all locations changes this.";

    /// <summary>What somebody's roles and places let them do, as the database has it now.</summary>
    public async Task<Reach> ReachAsync(Guid person, CancellationToken ct)
    {
        var roles = await db.PersonRoles.AsNoTracking().Where(r => r.PersonId == person).ToListAsync(ct);
        var places = await db.People.AsNoTracking().Where(p => p.Id == person)
            .Select(p => new { p.AllLocations, Some = p.Locations.Select(l => l.LocationId).ToArray() }).FirstOrDefaultAsync(ct);
        string[] presets = [.. roles.Select(r => r.Preset).OfType<string>()];
        var permissions = await PermissionsAsync(presets, [.. roles.Select(r => r.RoleId).OfType<Guid>()], ct);
        return new(presets, permissions, places is { AllLocations: true } ? null : places?.Some ?? []);
    }

    public async Task<IReadOnlySet<string>> PermissionsAsync(IReadOnlyCollection<string> presets, Guid[] custom, CancellationToken ct)
    {
        var granted = await db.RoleGrants.Where(g => custom.Contains(g.RoleId) && g.Granted).Select(g => g.Permission).ToListAsync(ct);
        return RolePermissions.Of(modules, scope.Practice, presets, granted);
    }

    public string Title(string permission) => RolePermissions.Declared(modules, scope.Practice).FirstOrDefault(p => p.Id == permission)?.Title ?? permission;

    private string? Fault(string name, Reach target) =>
        target.Presets.Contains(Roles.Owner) && !Actor.Roles.Contains(Roles.Owner) ? $"{name} is an owner. Only an owner changes an owner."
        : Lacking(target.Permissions) is { Count: > 0 } lacking ? $"{name} may do what you may not do yourself, so you cannot change their sign-in: {Few(lacking)}."
        : !Within(target.Locations) ? $"{name} works at locations at which you do not, so you cannot change their sign-in."
        : null;

    /// <summary>Of modules that are off nobody has anything at this moment.</summary>
    private List<string> Lacking(IReadOnlyCollection<string> permissions) =>
        [.. RolePermissions.Declared(modules, scope.Practice).Where(p => permissions.Contains(p.Id) && !Actor.Can(p.Id)).Select(p => p.Title).Order(StringComparer.Ordinal)];

    private bool Within(IReadOnlyCollection<Guid>? locations) => Granting.LocationFault(Actor, locations) is null;

    private static string Few(List<string> titles) => Granting.Few(titles);
}

/// <param name="Presets">Ids of role presets.</param>
/// <param name="Locations">Null: all locations.</param>
public sealed record Reach(IReadOnlyCollection<string> Presets, IReadOnlySet<string> Permissions, IReadOnlyCollection<Guid>? Locations);
