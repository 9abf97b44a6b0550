using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.ContactLog;

/// <summary>
/// Rows of other logs stand in the contact log with the save that made them; and a record that turns out to be another patient's, or at
/// another place, takes its lines along.
/// </summary>
public sealed class ContactRecorder(InstalledModules modules, ScopeContext scope) : IRowRecorder
{
    public bool Derives => true;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        foreach (var row in rows)
        {
            var type = row.Entity.GetType();
            foreach (var (module, log) in modules.Running.SelectMany(m => m.Declared.Contacts.Where(c => c.Entity == type).Select(c => (m.Id, c))))
            {
                var entry = row.State == EntityState.Deleted ? null : log.Entry(row.Entity);
                if (entry is not null || row.State != EntityState.Added)
                {
                    work.AddRows(batch => batch.BatchCommands.Add(Told($"{module}.{log.Log}", ((IVersioned)row.Entity).Id, entry)));
                }
            }

            if (row.State == EntityState.Modified && row.Id is { } id
                && row.Values.Any(v => v.Property is nameof(IOfPatient.PatientId) or nameof(IAtLocation.LocationId))
                && modules.Running.SelectMany(m => m.Declared.Records).Where(k => k.Row == type).Select(k => k.Id).ToArray() is { Length: > 0 } kinds)
            {
                var (patient, place) = ((row.Entity as IOfPatient)?.PatientId, (row.Entity as IAtLocation)?.LocationId);
                work.AddRows(batch => batch.BatchCommands.Add(new(
                    "update core.contact_subjects set patient_id = $3, location_id = $4 where row_id = $2 and kind = any ($1)")
                {
                    Parameters = { new() { Value = kinds }, new() { Value = id }, Sql.Uuid(patient), Sql.Uuid(place) },
                }));
            }
        }
    }

    private NpgsqlBatchCommand Told(string source, Guid id, ContactEntry? entry) => entry is null
        ? new("delete from core.contact_notes where source = $1 and source_id = $2")
        {
            Parameters = { new() { Value = source }, new() { Value = id } },
        }
        : new("select core.put_contact($1, $2)")
        {
            Parameters =
            {
                Json(new
                {
                    id = Guid.CreateVersion7(), version = 1, at = entry.At, incoming = entry.Incoming, way = entry.Way.Text(),
                    whom = Cut(entry.Whom, 120) ?? "Not said",
                    about = Cut(entry.About, 200) ?? "Not said", reference = Cut(entry.Reference, 60), outcome = entry.Outcome.Text(),
                    said = Cut(entry.Said, 2000),
                    by = entry.By, next_on = NextOn(entry), owner_id = entry.OwnerId, owner = entry.Owner, source, source_id = id, link = entry.Link,
                }),
                Json(entry.Subjects.Select(s => new
                {
                    kind = s.Kind, row_id = s.Id, name = Cut(s.Name, 200) ?? "Not said", patient_id = s.PatientId, location_id = s.LocationId,
                })),
            },
        };

    private DateOnly? NextOn(ContactEntry entry) => entry.NextOn
        ?? (entry.NextAt is { } at ? DateOnly.FromDateTime(WallTime.At(at, scope.Practice.ZoneOf(entry.Subjects[0].LocationId)).DateTime) : null);

    private static NpgsqlParameter Json(object value) => new() { Value = JsonSerializer.Serialize(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static string? Cut(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? null : text.Length <= longest ? text : text[..longest];
}
