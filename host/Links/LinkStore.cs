using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Links;

/// <summary>The rows of the links. What takes one is a statement that finds it open, so that of two at once one gets it.</summary>
public sealed class LinkStore(Work work, ScopeContext scope, TimeProvider clock)
{
    private const string Select = """
        select id, kind, subject_id, patient_id, location_id, recipient, language, birth_digest, tries, made_at, made_by_name, expires_at,
            used_at, revoked_at,
            revoked_by_name, handed_over
        from core.public_links
        """;

    private const string Alive = "revoked_at is null and expires_at > $2 and tries < $3";
    private const string Open = $"used_at is null and {Alive}";

    /// <param name="token">As it stands in the address, or as somebody typed it from paper.</param>
    public async Task<LinkRow?> FindAsync(string? token, CancellationToken ct) =>
        LinkRow.DigestOf(scope.Practice, token) is { } digest
            ? (await ReadAsync($"{Select} where token_digest = $1", [digest], ct)).FirstOrDefault() : null;

    public async Task<LinkRow?> FindAsync(Guid id, CancellationToken ct) => (await ReadAsync($"{Select} where id = $1", [id], ct)).FirstOrDefault();

    public Task<List<LinkRow>> ListAsync(string kind, Guid subject, Guid? patient, CancellationToken ct) =>
        ReadAsync($"{Select} where subject_id = $1 and kind = $2 and ($3::uuid is null or patient_id = $3) order by made_at desc limit 200",
            [subject, kind, Sql.Uuid(patient)], ct);

    /// <summary>How often each was opened, and when last: the access log knows.</summary>
    public async Task<Dictionary<Guid, (int Count, DateTimeOffset Last)>> OpenedAsync(Guid[] links, CancellationToken ct) =>
        (await (await work.OpenAsync(ct)).QueryAsync(
            $"select row_id, count(*)::int, max(at) from audit.entries where row_id = any($1) and what = '{LinkWords.Opened}' group by row_id",
            [links], r => (r.GetGuid(0), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2)), ct))
        .ToDictionary(o => o.Item1, o => (o.Item2, o.Item3));

    public async Task AddAsync(LinkRow link, byte[] tokenDigest, CancellationToken ct) => await (await work.OpenAsync(ct)).ExecuteAsync("""
        insert into core.public_links
            (id, kind, token_digest, subject_id, patient_id, location_id, recipient, language, birth_digest,
                made_at, made_by, made_by_name, expires_at, handed_over)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        [
            link.Id, link.Kind, tokenDigest, link.SubjectId, Sql.Uuid(link.PatientId), Sql.Uuid(link.LocationId), link.Recipient, link.Language,
            new NpgsqlParameter { Value = (object?)link.BirthDigest ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            link.MadeAt, Sql.Uuid(scope.Actor.Id), link.MadeBy, link.ExpiresAt, link.HandedOver,
        ], ct);

    /// <summary>Whether something was signed by it.</summary>
    public async Task<bool> LeftCopyAsync(Guid id, CancellationToken ct) => (await (await work.OpenAsync(ct)).QueryAsync(
        "select exists (select from core.signatures where link_id = $1)", [id], r => r.GetBoolean(0), ct))[0];

    public async Task<bool> UseAsync(Guid id, CancellationToken ct) => await (await work.OpenAsync(ct)).ExecuteAsync(
        $"update core.public_links set used_at = $2 where id = $1 and {Open}", [id, clock.GetUtcNow(), LinkRow.MostTries], ct) == 1;

    public async Task<bool> RevokeAsync(Guid id, string by, CancellationToken ct) => await (await work.OpenAsync(ct)).ExecuteAsync(
        "update core.public_links set revoked_at = $2, revoked_by_name = $3 where id = $1 and used_at is null and revoked_at is null",
        [id, clock.GetUtcNow(), by], ct) == 1;

    /// <summary>
    /// Counts a try of the second fact before anybody looks at it, whatever becomes of the request: those sent at once get a number each.
    /// </summary>
    /// <returns>Its number; null when no more are looked at.</returns>
    public async Task<int?> CountTryAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await scope.Practice.OpenAsync(ct);
        var counted = await connection.QueryAsync($"update core.public_links set tries = tries + 1 where id = $1 and {Alive} returning tries",
            [id, clock.GetUtcNow(), LinkRow.MostTries], r => r.GetInt32(0), ct);
        return counted is [var number] ? number : null;
    }

    /// <summary>It was right.</summary>
    public async Task TakeBackTryAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await scope.Practice.OpenAsync(ct);
        await connection.ExecuteAsync("update core.public_links set tries = tries - 1 where id = $1 and tries > 0", [id], ct);
    }

    private async Task<List<LinkRow>> ReadAsync(string sql, object[] values, CancellationToken ct) =>
        await (await work.OpenAsync(ct)).QueryAsync(sql, values, Row, ct);

    private static LinkRow Row(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetGuid(2), r.GuidOrNull(3), r.GuidOrNull(4), r.GetString(5), r.GetString(6),
        r.IsDBNull(7) ? null : r.GetFieldValue<byte[]>(7), r.GetInt32(8), r.GetBoolean(15), r.GetFieldValue<DateTimeOffset>(9), r.GetString(10),
        r.GetFieldValue<DateTimeOffset>(11), r.InstantOrNull(12), r.InstantOrNull(13), r.TextOrNull(14));
}
