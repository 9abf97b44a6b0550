using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>The practice's own roles. Saving decides on every permission shown; one that a module brings later stays ungranted until somebody looks.</summary>
public sealed class CustomRoles(PeopleDb db, Authority authority, InstalledModules modules, PracticeRegistry practices, ScopeContext scope)
{
    public Task<CustomRole?> FindAsync(Guid id, CancellationToken ct) => db.Roles.Include(r => r.Grants).FirstOrDefaultAsync(r => r.Id == id, ct);

    /// <param name="shown">Permissions the form showed: each is decided by being granted or not.</param>
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task SaveAsync(CustomRole role, string name, IReadOnlyCollection<string> shown, IReadOnlySet<string> granted, CancellationToken ct)
    {
        await using var write = await BeginAsync(role, ct);
        var declared = RolePermissions.Declared(modules, scope.Practice).ToDictionary(p => p.Id, p => p.Title);
        role.Name = name.Trim();
        var others = await db.Roles.AsNoTracking().Where(r => r.Id != role.Id).Select(r => r.Name).ToListAsync(ct);
        if (others.Contains(role.Name, StringComparer.OrdinalIgnoreCase)
            // An actor's roles are told by name: neither title nor id of a preset may be the name of another role.
            || Roles.All.Any(p => string.Equals(Roles.Title(p), role.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(p, role.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new PeopleException("Another role has this name.");
        }

        foreach (var permission in shown.Where(declared.ContainsKey))
        {
            Decide(role, permission, declared[permission], granted.Contains(permission));
        }

        if (db.Entry(role) is { State: EntityState.Unchanged } unchanged)
        {
            // Who reads the role while somebody changes its permissions alone is told of it by the version.
            unchanged.State = EntityState.Modified;
        }
        else if (db.Entry(role).State == EntityState.Detached)
        {
            db.Add(role);
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }

    public async Task DeleteAsync(CustomRole role, CancellationToken ct)
    {
        await using var write = await BeginAsync(role, ct);
        if (await db.PersonRoles.CountAsync(r => r.RoleId == role.Id, ct) is > 0 and var holders)
        {
            throw new PeopleException($"{holders} {(holders == 1 ? "person has" : "people have")} this role. Give them another first.");
        }

        db.Remove(role);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }

    /// <summary>Permissions that came with a module after somebody last decided on the role.</summary>
    public IReadOnlyList<PermissionDeclaration> ToReview(CustomRole role) =>
        [.. RolePermissions.Declared(modules, scope.Practice).Where(p => role.Grants.All(g => g.Permission != p.Id))];

    private async Task<IWrite> BeginAsync(CustomRole role, CancellationToken ct)
    {
        var write = await db.BeginWriteAsync(ct);
        try
        {
            await write.LockAsync(Authority.Lock, ct);
            return await authority.FaultAsync(role, ct) is { } fault ? throw new PeopleException(fault) : write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    private void Decide(CustomRole role, string permission, string title, bool grant)
    {
        var row = role.Grants.FirstOrDefault(g => g.Permission == permission);
        if (grant && row?.Granted != true && !scope.Actor.Can(permission))
        {
            throw new PeopleException($"You cannot give what you do not have yourself: {title}.");
        }

        if (row is null)
        {
            row = new RoleGrant { RoleId = role.Id, Permission = permission };
            role.Grants.Add(row);
            if (db.Entry(role).State != EntityState.Detached)
            {
                db.Add(row);
            }
        }

        row.Granted = grant;
    }
}
