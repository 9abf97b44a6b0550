using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Queues;

/// <summary>Whom work can be given to: active people whose roles have its permission.</summary>
public sealed class QueuePeople(Work work, InstalledModules modules, ScopeContext scope)
{
    public async Task<IReadOnlyList<WorkOwner>> WhoMayAsync(string permission, CancellationToken ct = default)
    {
        var people = await (await work.OpenAsync(ct)).QueryAsync("""
            select p.id, p.name,
                case when p.all_locations then null else array(select l.location_id from core.person_locations l where l.person_id = p.id) end,
                array(select r.preset from core.person_roles r where r.person_id = p.id and r.preset is not null),
                array(select g.permission from core.person_roles r join core.role_grants g on g.role_id = r.role_id and g.granted
                    where r.person_id = p.id and g.permission = @permission)
            from core.people p where p.active order by p.name, p.id
            """, [new NpgsqlParameter("permission", permission)], r => (
                Person: new WorkOwner(r.GetGuid(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetFieldValue<Guid[]>(2)),
                Presets: r.GetFieldValue<string[]>(3), Granted: r.GetFieldValue<string[]>(4)), ct);
        return [.. people.Where(p => RolePermissions.Of(modules, scope.Practice, p.Presets, p.Granted).Contains(permission)).Select(p => p.Person)];
    }
}
