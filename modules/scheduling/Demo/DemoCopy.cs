using Modular.Scheduling.Appointments;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Scheduling.Demo;

/// <summary>Tens of thousands of visits in one COPY: through the change tracker a year would take minutes.</summary>
public static class DemoCopy
{
    public static async Task InsertAsync(SchedulingDb db, IReadOnlyList<Visit> visits, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await using (var copy = await db.Work.Connection.BeginBinaryImportAsync("""
            copy scheduling.visits (id, version, patient_id, provider_id, room_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                starts_at, ends_at, held_from, held_to, status, reason, overbooked, left_open, booking_key, booked_at, booked_by,
                arrived_at, arrived_by, checked_out_at, checked_out_by, ended_at, ended_by, confirmed_at, confirmed_by, roomed_at, seen_at, finished_at, in_room_id) from stdin (format binary)
            """, ct))
        {
            foreach (var visit in visits)
            {
                await WriteAsync(copy, visit, ct);
            }

            await copy.CompleteAsync(ct);
        }

        db.Work.Loaded(visits);
        await write.CommitAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Visit v, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        object?[] values =
        [
            v.Id, 1, v.PatientId, v.ProviderId, v.RoomId, v.LocationId, v.TypeId, v.PatientName, v.ProviderName, v.TypeName, v.Kind, v.Zone,
            v.StartsAt, v.EndsAt, v.HeldFrom, v.HeldTo, v.Status, v.Reason, v.Overbooked, v.LeftOpen, v.BookingKey, v.BookedAt, v.BookedBy,
            v.ArrivedAt, v.ArrivedBy, v.CheckedOutAt, v.CheckedOutBy, v.EndedAt, v.EndedBy,
            v.ConfirmedAt, v.ConfirmedBy, v.RoomedAt, v.SeenAt, v.FinishedAt, v.InRoomId,
        ];
        foreach (var value in values)
        {
            await (value switch
            {
                null => copy.WriteNullAsync(ct),
                DateTimeOffset at => copy.WriteAsync(at.UtcDateTime, NpgsqlDbType.TimestampTz, ct),
                Guid id => copy.WriteAsync(id, NpgsqlDbType.Uuid, ct),
                int number => copy.WriteAsync(number, NpgsqlDbType.Integer, ct),
                bool yes => copy.WriteAsync(yes, NpgsqlDbType.Boolean, ct),
                _ => copy.WriteAsync((string)value, NpgsqlDbType.Text, ct),
            });
        }
    }
}
