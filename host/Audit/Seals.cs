using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Audit;

/// <summary>The seals that a practice's database has of its own chain: how many heads there must be outside of it, and what each says.</summary>
public static class Seals
{
    private const string Columns = "to_seq, digest, sealed_at, number, from_seq, practice_id, host_id, key_id, mac";

    public static async Task<long> LastNumberAsync(NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.QueryAsync("select coalesce(max(number), 0) from audit.seals", [], r => r.GetInt64(0), ct))[0];

    public static Task AddAsync(NpgsqlConnection connection, SealedHead head, CancellationToken ct)
    {
        var seal = head.Seal!;
        return connection.ExecuteAsync($"insert into audit.seals ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [head.Seq, head.Digest, head.At, seal.Number, seal.FromSeq, seal.Practice, seal.Host, seal.Key, seal.Mac], ct);
    }

    public static Task<List<SealedHead>> AllAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.QueryAsync($"select {Columns} from audit.seals order by number", [], Read, ct);

    /// <summary>The newest two that stand in the heads file of this practice on this host too.</summary>
    public static Task<List<SealedHead>> LastTwoAsync(NpgsqlConnection connection, Guid practice, Guid host, CancellationToken ct) =>
        connection.QueryAsync($"select {Columns} from audit.seals where practice_id = $1 and host_id = $2 order by number desc limit 2", [practice, host], Read, ct);

    private static SealedHead Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<DateTimeOffset>(2))
    {
        Seal = new(r.GetInt64(3), r.GetInt64(4), r.GetGuid(5), r.GetGuid(6), r.GetString(7), r.GetFieldValue<byte[]>(8)),
    };
}
