using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;
using Npgsql;

namespace Modular.Scheduling.FreeTime;

/// <summary>
/// Reads the facts of <see cref="Availability"/> in one round trip. It takes no data scope: a provider is busy wherever the other
/// visit is, and no more than the time of it is read. Who may book at the location is asked before.
/// </summary>
public sealed class ScheduleReader(SchedulingDb db, TimeProvider clock)
{
    public async Task<Availability> ReadAsync(Location location, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await ReadAsync<Bookable>(location, from, to, null, _ => throw new InvalidOperationException(), ct)).Availability;

    /// <summary>With one more query on the same round trip.</summary>
    public async Task<(Availability Availability, IReadOnlyList<T> More)> ReadAsync<T>(
        Location location, DateOnly from, DateOnly to, NpgsqlBatchCommand? more, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await db.Work.OpenAsync(ct);
        await using var batch = Batch(location, from, to);
        if (more is not null)
        {
            batch.BatchCommands.Add(more);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var providers = await Rows(reader, r => new Bookable(r.GetGuid(0), r.GetString(1)), ct);
        var rooms = await Rows(reader, r => new Bookable(r.GetGuid(0), r.GetString(1)), ct);
        var templates = await Rows(reader, ReadTemplate, ct);
        var exceptions = await Rows(reader, ReadException, ct);
        var hours = await Rows(reader, r => new OpenHours(r.GetInt32(0), r.GetFieldValue<TimeOnly>(1), r.GetFieldValue<TimeOnly>(2)), ct);
        var busy = await Rows(reader, r => new BusyTime(r.GetGuid(0), r.IsDBNull(1) ? null : r.GetGuid(1), Span(r, 2), Span(r, 4), r.IsDBNull(6) ? null : r.GetGuid(6), r.GetGuid(7)), ct);
        var equipment = await Rows(reader, r => new Apparatus(r.GetGuid(0), r.GetString(1)), ct);
        var rows = more is null ? [] : await Rows(reader, read, ct);
        return (new(new(location.Id, location.Name, location.Zone, providers, rooms, templates, exceptions, busy, hours, equipment, clock.GetUtcNow())), rows);
    }

    private NpgsqlBatch Batch(Location location, DateOnly from, DateOnly to)
    {
        var (begin, end) = Reach(location, from, to);
        var batch = new NpgsqlBatch(db.Work.Connection);
        Add(batch, """
            select p.id, p.name from scheduling.bookability b join scheduling.providers p on p.id = b.provider_id
            where b.location_id = $1 and b.active and p.active order by p.name
            """, location.Id);
        Add(batch, "select id, name from scheduling.rooms where location_id = $1 and active order by name", location.Id);
        Add(batch, """
            select id, version, provider_id, location_id, weekday, opens, closes, valid_from, valid_to from scheduling.templates
            where location_id = $1 and valid_from <= $3 and (valid_to is null or valid_to >= $2)
            """, location.Id, from, to);
        Add(batch, """
            select id, version, kind, provider_id, location_id, from_date, to_date, opens, closes, reason, weekdays, type_id, release_hours from scheduling.schedule_exceptions
            where from_date <= $3 and to_date >= $2 and (location_id is null or location_id = $1)
            union all
            select id, version, 'closure', null, location_id, from_date, to_date, null, null, reason, null, null, null from scheduling.closures
            where active and from_date <= $3 and to_date >= $2 and (location_id is null or location_id = $1)
            """, location.Id, from, to);
        Add(batch, """
            select (h->>'weekday')::int, (h->>'opens')::time, (h->>'closes')::time
            from scheduling.location_hours l, jsonb_array_elements(l.week) h where l.location_id = $1
            """, location.Id);
        // "= any(array(…))", not "in": only then does each side of the "or" use its own index; otherwise the whole of one is read.
        Add(batch, """
            select provider_id, room_id, starts_at, ends_at, held_from, held_to, equipment_id, id from scheduling.visits
            where status <> 'canceled' and starts_at >= $2 and starts_at < $3 and (location_id = $1 or provider_id = any(array(
                select provider_id from scheduling.bookability where location_id = $1 and active)))
            """, location.Id, begin, end);
        Add(batch, "select id, kind from scheduling.equipment where location_id = $1 and active order by name", location.Id);
        return batch;
    }

    /// <summary>
    /// When visits begin that may touch these days: a visit lasts at most twelve hours and holds its room two more on either side,
    /// so nothing that began earlier reaches in.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) Reach(Location location, DateOnly from, DateOnly to) =>
        (WallTime.Day(from, location.Zone).From.AddHours(-14), WallTime.Day(to, location.Zone).To.AddHours(2));

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task<List<T>> Rows<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        await reader.NextResultAsync(ct);
        return rows;
    }

    private static Interval Span(NpgsqlDataReader r, int column) =>
        new(r.GetFieldValue<DateTimeOffset>(column), r.GetFieldValue<DateTimeOffset>(column + 1));

    private static Template ReadTemplate(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0),
        Version = r.GetInt32(1),
        ProviderId = r.GetGuid(2),
        LocationId = r.GetGuid(3),
        Weekday = r.GetInt32(4),
        Opens = r.GetFieldValue<TimeOnly>(5),
        Closes = r.GetFieldValue<TimeOnly>(6),
        ValidFrom = r.GetFieldValue<DateOnly>(7),
        ValidTo = r.IsDBNull(8) ? null : r.GetFieldValue<DateOnly>(8),
    };

    private static ScheduleException ReadException(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0),
        Version = r.GetInt32(1),
        Kind = r.GetString(2),
        ProviderId = r.IsDBNull(3) ? null : r.GetGuid(3),
        LocationId = r.IsDBNull(4) ? null : r.GetGuid(4),
        FromDate = r.GetFieldValue<DateOnly>(5),
        ToDate = r.GetFieldValue<DateOnly>(6),
        Opens = r.IsDBNull(7) ? null : r.GetFieldValue<TimeOnly>(7),
        Closes = r.IsDBNull(8) ? null : r.GetFieldValue<TimeOnly>(8),
        Reason = r.GetString(9),
        Weekdays = r.IsDBNull(10) ? null : r.GetFieldValue<int[]>(10),
        TypeId = r.IsDBNull(11) ? null : r.GetGuid(11),
        ReleaseHours = r.IsDBNull(12) ? null : r.GetInt32(12),
    };
}
