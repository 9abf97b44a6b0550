using Modular.Host.Data;
using Npgsql;

namespace Modular.Host.Progress;

/// <summary>A piece of long work as people watch it.</summary>
public sealed record ProgressRow(
    Guid Id,
    string Title,
    string Link,
    long Total,
    long Done,
    string State,
    string? Result,
    bool CancelAsked,
    Guid? StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset ReportedAt)
{
    public bool Runs => State == "running";

    /// <summary>Per minute, once there is something to measure.</summary>
    public double? Rate => ReportedAt - StartedAt is var time && Done > 0 && time > TimeSpan.FromSeconds(2) ? Done / time.TotalMinutes : null;

    public TimeSpan? Left => Rate is { } rate && Runs ? TimeSpan.FromMinutes((Total - Done) / rate) : null;

    public string? LeftSaid => Left switch
    {
        null => null,
        { TotalSeconds: < 60 } => "less than a minute left",
        { TotalHours: < 1 } left => $"{Math.Ceiling(left.TotalMinutes)} min left",
        { } left => $"{left.TotalHours:0.0} h left",
    };

    public static async Task<ProgressRow?> FindAsync(Work work, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select id, title, link, total, done, state, result, cancel_asked, started_by, started_at, reported_at from core.progress where id = $1
            """, await work.OpenAsync(ct)) { Parameters = { new() { Value = id } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return !await row.ReadAsync(ct) ? null : new(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6),
            row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetGuid(8), row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10));
    }
}
