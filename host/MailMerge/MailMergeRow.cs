using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.MailMerge;

/// <summary>Letters that are written together.</summary>
public sealed record MailMergeRow(
    Guid Id, string Kind, Guid[] About, int Written, Guid Work, Guid StartedBy, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, Guid? FileId)
{
    public static async Task<MailMergeRow?> FindAsync(NpgsqlConnection connection, Guid id, bool forUpdate, CancellationToken ct)
    {
        const string Sql = "select id, kind, about, written, work, started_by, started_at, ended_at, file_id from core.mail_merges where id = $1";
        var found = await connection.QueryAsync(forUpdate ? Sql + " for update" : Sql, [id], r => new MailMergeRow(
            r.GetGuid(0), r.GetString(1), r.GetFieldValue<Guid[]>(2), r.GetInt32(3), r.GetGuid(4), r.GetGuid(5), r.GetFieldValue<DateTimeOffset>(6),
            r.InstantOrNull(7), r.GuidOrNull(8)), ct);
        return found.FirstOrDefault();
    }
}
