using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Queues;
using Modular.Host.Rights;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Tasks;

public sealed record TaskRow(
    Guid Id,
    string Module,
    string Kind,
    string Title,
    string Link,
    DateTimeOffset? Due,
    string? Role,
    Guid? AssigneeId,
    Guid? LocationId,
    Guid? PatientId,
    bool Urgent,
    DateTimeOffset? SnoozedUntil,
    bool Overdue,
    bool ModuleOff);

public enum TaskView
{
    /// <summary>Waits for this person, or for anybody of a role they hold.</summary>
    Mine,

    /// <summary>All that they may see.</summary>
    All,

    /// <summary>Put off to later.</summary>
    Snoozed,
}

/// <param name="Open">Waits for this person or a role of theirs, put-off ones left out.</param>
public sealed record TaskCounts(int Open, int Overdue, int Urgent);

/// <summary>
/// The one inbox: work that entities ask for, by permission and location, in one query. What a module asked for before it was turned off stays,
/// marked, until somebody ends it: it may be a promise to a patient. When the module comes back on, it is the module's again.
/// </summary>
public sealed class TaskInbox(Work work, ScopeContext scope, InstalledModules modules, DataScope data, AuditTrail trail, IAccessLog accesses,
    QueueDesk queues, TimeProvider clock)
{
    private const string Columns =
        "id, module, kind, title, link, due, role, assignee_id, location_id, patient_id, urgent, snoozed_until, coalesce(due < @now, false), module <> all(@modules)";

    private const string Scoped = """
        done_at is null and case when permission = '' then @system or (declared_for = @person and module = any(@modules))
            when module = any(@modules) then @system or permission = any(@permissions)
            else @system or permission = any(@asleep) or 'owner' = any(@roles) end
        and (@everywhere or location_id is null or location_id = any(@locations))
        and (patient_id is null or patient_id <> all(@shut))
        """;

    // A task without assignee and role is everybody's; the owner sees every role's.
    private const string ForMe = "(assignee_id = @person or (assignee_id is null and (role is null or role = any(@roles) or 'owner' = any(@roles))))";

    private const string Awake = "(snoozed_until is null or snoozed_until <= @now)";

    public async Task<ListPage<TaskRow>> ListAsync(TaskView view, ListQuery query, CancellationToken ct = default)
    {
        var where = view switch
        {
            TaskView.Mine => $"{Scoped} and {ForMe} and {Awake}",
            TaskView.Snoozed => $"{Scoped} and {ForMe} and not {Awake}",
            _ => Scoped,
        };
        var connection = await work.OpenAsync(ct);
        var total = 0;
        var rows = await connection.QueryAsync($"""
            select {Columns}, count(*) over ()::int from core.tasks where {where} and (@text = '' or title ilike '%' || @text || '%')
            order by urgent desc, due nulls last, created_at, id limit {ListQuery.PageSize} offset @skip
            """, [.. Parameters(), new NpgsqlParameter("text", Like(query.Text)), new NpgsqlParameter("skip", query.Skip)], r =>
            {
                total = r.GetInt32(14);
                return Row(r);
            }, ct);
        accesses.Listed([.. rows.Select(r => r.PatientId).OfType<Guid>().Distinct()], "tasks");
        return new(rows, total, query);
    }

    /// <summary>One round trip, for the frame of every page.</summary>
    public async Task<TaskCounts> CountsAsync(CancellationToken ct = default)
    {
        var connection = await work.OpenAsync(ct);
        var counts = await connection.QueryAsync(CountsSql, Parameters(), r => new TaskCounts(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), ct);
        return counts[0];
    }

    /// <summary>The same counts as a part of the frame's one round trip.</summary>
    public NpgsqlBatchCommand CountsCommand()
    {
        var command = new NpgsqlBatchCommand(CountsSql);
        foreach (var value in Parameters())
        {
            command.Parameters.Add((NpgsqlParameter)value);
        }

        return command;
    }

    private const string CountsSql = $"""
        select count(*)::int, (count(*) filter (where due < @now))::int, (count(*) filter (where urgent))::int
        from core.tasks where {Scoped} and {ForMe} and {Awake}
        """;

    /// <returns>False when the task is gone, done, or not theirs to see.</returns>
    public Task<bool> DoneAsync(Guid id, CancellationToken ct = default) => ChangeAsync(id, "done", "done_at = @now, done_by = @person", null, ct);

    /// <summary>The task of a work queue is its row's: the row gets the owner, and who takes one that somebody else has is refused.</summary>
    /// <param name="person">Null gives it back to the role.</param>
    public async Task<bool> AssignAsync(Guid id, Guid? person, CancellationToken ct = default)
    {
        if (await RowAsync(id, ct) is { } row && queues.Find($"{row.Module}.{row.Kind}") is { } queue)
        {
            var owner = person is { } one ? await queues.OwnerAsync(queue, one, ct) : null;
            return (person is null || owner is not null)
                && (await queues.AssignAsync(queue, [row.Entity], owner, take: person == scope.Actor.PersonId, ct)).Changed > 0;
        }

        return await ChangeAsync(id, "assigned", "assignee_id = @value", Sql.Uuid(person), ct);
    }

    private async Task<(string Module, string Kind, Guid Entity)?> RowAsync(Guid id, CancellationToken ct)
    {
        var found = await (await work.OpenAsync(ct)).QueryAsync($"select module, kind, entity_id from core.tasks where id = @id and {Scoped}",
            [.. Parameters(), new NpgsqlParameter("id", id)], r => (r.GetString(0), r.GetString(1), r.GetGuid(2)), ct);
        return found.Count == 0 ? null : found[0];
    }

    public Task<bool> SnoozeAsync(Guid id, DateTimeOffset until, CancellationToken ct = default) =>
        ChangeAsync(id, "put off", "snoozed_until = @value", Sql.Instant(until), ct);

    private async Task<bool> ChangeAsync(Guid id, string what, string set, NpgsqlParameter? value, CancellationToken ct)
    {
        var parameters = Parameters().Append(new NpgsqlParameter("id", id)).ToList();
        if (value is not null)
        {
            value.ParameterName = "value";
            parameters.Add(value);
        }

        await using var write = await work.BeginAsync(null, ct);
        var changed = await work.Connection.QueryAsync($"update core.tasks set {set} where id = @id and {Scoped} returning module, patient_id, module <> all(@modules)",
            [.. parameters], r => (Module: r.GetString(0), Patient: r.GuidOrNull(1), Off: r.GetBoolean(2)), ct);
        if (changed.Count == 0)
        {
            return false;
        }

        trail.Add(work, new(AuditTrail.Change, changed[0].Module, $"task {what}{(changed[0].Off ? " while its module was off" : "")}", "tasks", id, changed[0].Patient is { } patient ? [patient] : null));
        await write.CommitAsync(ct);
        return true;
    }

    private object[] Parameters()
    {
        var person = Sql.Uuid(scope.Actor.PersonId);
        person.ParameterName = "person";
        return
        [
            new NpgsqlParameter("modules", (string[])[.. scope.Practice.Snapshot.ModulesOn, "core"]),
            new NpgsqlParameter("system", scope.Actor.IsSystem),
            new NpgsqlParameter("permissions", scope.Actor.Permissions.ToArray()),
            new NpgsqlParameter("asleep", Asleep()),
            new NpgsqlParameter("everywhere", data.AllLocations),
            new NpgsqlParameter("locations", data.Locations),
            new NpgsqlParameter("shut", data.ShutPatients),
            new NpgsqlParameter("now", clock.GetUtcNow()),
            person,
            new NpgsqlParameter("roles", scope.Actor.Roles.ToArray()),
        ];
    }

    /// <summary>Permissions of modules that are off here, which the person's presets would have if they were on.</summary>
    private string[] Asleep() =>
    [
        .. modules.WithCore.Where(m => !scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Permissions)
            .Where(p => scope.Actor.Roles.Any(role => RolePermissions.PresetHas(role, p))).Select(p => p.Id),
    ];

    private static string Like(string? text) => (text ?? "").Trim().Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static TaskRow Row(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.InstantOrNull(5), r.TextOrNull(6), r.GuidOrNull(7),
        r.GuidOrNull(8), r.GuidOrNull(9), r.GetBoolean(10), r.InstantOrNull(11), r.GetBoolean(12), r.GetBoolean(13));
}
