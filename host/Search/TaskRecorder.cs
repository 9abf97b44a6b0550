using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Search;

/// <summary>Keeps the inbox rows of saved entities, in the transaction that saves them.</summary>
public sealed class TaskRecorder(InstalledModules modules, ScopeContext scope, TimeProvider clock) : IRowRecorder
{
    public bool Derives => true;

    public bool Follows => true;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        foreach (var row in rows)
        {
            foreach (var (module, declared) in modules.TasksOf(row.Entity.GetType()))
            {
                var entry = row.State == EntityState.Deleted ? null : declared.Entry(row.Entity);
                // Most entities never ask for anything: a new one has no task to take away.
                if (entry is not null || row.State != EntityState.Added)
                {
                    var command = Command(module, declared.Kind, (IVersioned)row.Entity, entry, scope.Practice, clock.GetUtcNow(), again: row is { State: EntityState.Modified, Values.Count: 0 });
                    work.AddRows(batch => batch.BatchCommands.Add(command));
                }
            }
        }
    }

    /// <summary>
    /// What a person did to the task (handed it on, put it off, ticked it) outlives a save of the entity,
    /// unless the entity now names somebody else or asks for something else.
    /// </summary>
    /// <param name="again">The same work in other words, as after a patient's new name: who ticked it did it.</param>
    public static NpgsqlBatchCommand Command(
        string module, string kind, IVersioned entity, TaskEntry? entry, IPractice practice, DateTimeOffset now, bool again) => entry is null
        ? new("delete from core.tasks where module = $1 and kind = $2 and entity_id = $3")
        {
            Parameters = { new() { Value = module }, new() { Value = kind }, new() { Value = entity.Id } },
        }
        : new("""
            insert into core.tasks as t
                (id, module, kind, entity_id, title, link, permission, due, role, declared_for, assignee_id, location_id, patient_id, urgent, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14)
            on conflict (module, kind, entity_id) do update set
                title = excluded.title, link = excluded.link, permission = excluded.permission, due = excluded.due, role = excluded.role,
                location_id = excluded.location_id, patient_id = excluded.patient_id, urgent = excluded.urgent,
                declared_for = excluded.declared_for,
                assignee_id = case when t.declared_for is distinct from excluded.declared_for then excluded.declared_for else t.assignee_id end,
                snoozed_until = case when t.due is distinct from excluded.due then null else t.snoozed_until end,
                done_at = case when (t.title, t.due) is distinct from (excluded.title, excluded.due) and not $15 then null else t.done_at end,
                done_by = case when (t.title, t.due) is distinct from (excluded.title, excluded.due) and not $15 then null else t.done_by end
            """)
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7() }, new() { Value = module }, new() { Value = kind }, new() { Value = entity.Id }, new() { Value = entry.Title },
                new() { Value = entry.Link }, new() { Value = entry.Permission }, Sql.Instant(DueAt(entry, practice)), Sql.Text(entry.Role),
                Sql.Uuid(entry.AssigneeId),
                Sql.Uuid(entry.LocationId), Sql.Uuid(entry.PatientId), new() { Value = entry.Urgent }, new() { Value = now },
                new() { Value = again },
            },
        };

    // Early enough that somebody still works on it.
    private static readonly TimeOnly EndOfDay = new(17, 0);

    private static DateTimeOffset? DueAt(TaskEntry entry, IPractice practice) => entry.Due ?? (entry.DueOn is { } day
        ? WallTime.Instant(day, EndOfDay, practice.ZoneOf(entry.LocationId))
        : null);
}
