using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Retention;

/// <summary>The standing of one record, for pages and modules.</summary>
public sealed class RetentionLook(RetentionClasses classes, Work work) : IRetention
{
    public Task<RetentionStanding?> OfAsync(RetentionClass kind, Guid record, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return classes.Find(kind.Id) is { } known ? OfAsync(known, record, ct) : Task.FromResult<RetentionStanding?>(null);
    }

    public async Task<RetentionStanding?> OfAsync(KnownClass known, Guid record, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        if (!await IsThereAsync(connection, known, ct))
        {
            return null;
        }

        var found = await connection.QueryAsync(
            $"select label, starts_on, kept_until, patient_id, person_id from {known.Rows(few: true)} y where id = $1", [record],
            r => (Label: r.GetString(0), Starts: DayOrNull(r, 1), Until: DayOrNull(r, 2), Patient: r.GuidOrNull(3), Person: r.GuidOrNull(4)), ct);
        if (found is not [var row])
        {
            return null;
        }

        var holds = await connection.QueryAsync("""
            select matter || ': ' || reason from core.retention_holds where released_at is null
                and ((kind = $1 and (record_id is null or record_id = $2)) or patient_id = $3 or person_id = $4)
            order by held_at
            """, [known.Class.Id, record, Sql.Uuid(row.Patient), Sql.Uuid(row.Person)], r => r.GetString(0), ct);
        return new(row.Label, row.Starts, row.Until, holds);
    }

    /// <summary>A module that was installed and never came up here has no tables yet.</summary>
    public static async Task<bool> IsThereAsync(NpgsqlConnection connection, KnownClass known, CancellationToken ct) =>
        (await connection.QueryAsync("select to_regclass($1) is not null", [known.Table], r => r.GetBoolean(0), ct))[0];

    private static DateOnly? DayOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}
