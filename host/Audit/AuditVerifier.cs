using Modular.Host.Postgres;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Audit;

/// <param name="EntryId">The entry at fault, when it can still be named.</param>
public sealed record AuditFault(long Seq, Guid? EntryId, string Sentence);

/// <param name="Unsealed">Entries written since the last seal; they are not covered yet.</param>
/// <param name="Heads">Heads that were compared.</param>
/// <param name="BeforeKey">Entries from before the chain had a key.</param>
/// <param name="NotHere">Seals whose heads file is on another host: to be verified there too.</param>
public sealed record AuditReport(
    long Entries, long Unsealed, DateTimeOffset? OldestUnsealed, long ErasedValues, int Heads, long BeforeKey, int NotHere,
    IReadOnlyList<AuditFault> Faults)
{
    public bool Intact => Faults.Count == 0;
}

/// <summary>Walks the whole chain of a practice, all months, and names what was changed, removed or put in between.</summary>
public sealed class AuditVerifier(SealedHeads heads, AuditKeys keys)
{
    private const int MostFaults = 100;

    public Task<AuditReport> VerifyAsync(Practice practice, CancellationToken ct = default) => VerifyAsync(practice, [], locked: false, ct);

    /// <param name="elsewhere">Heads of the practice that were sent away from this host.</param>
    /// <param name="locked">The caller keeps others from sealing.</param>
    public async Task<AuditReport> VerifyAsync(Practice practice, IReadOnlyList<SealedHead> elsewhere, bool locked, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        if (locked)
        {
            return await VerifyAsync(practice, connection, await OpenBookAsync(practice, connection, elsewhere, ct), ct);
        }

        ChainBook book;
        await using (var guard = await practice.OpenAsync(ct))
        await using (await guard.BeginTransactionAsync(ct))
        {
            // Files and database are looked at between two seals: they must say the same.
            await guard.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('audit seal', 0))", [], ct);
            book = await OpenBookAsync(practice, connection, elsewhere, ct);
        }

        return await VerifyAsync(practice, connection, book, ct);
    }

    private async Task<ChainBook> OpenBookAsync(Practice practice, NpgsqlConnection connection, IReadOnlyList<SealedHead> elsewhere, CancellationToken ct) => new(
        keys, await Seals.AllAsync(connection, ct), File.Exists(heads.FileOf(practice.Id)) ? heads.Read(practice.Id).ToList() : null,
        elsewhere, await DroppedAsync(connection, ct));

    private async Task<AuditReport> VerifyAsync(Practice practice, NpgsqlConnection connection, ChainBook book, CancellationToken ct)
    {
        var faults = new List<AuditFault>();
        var walk = new ChainWalk(faults, book);
        var erasedPatients = await ErasedPatientsAsync(connection, ct);
        await using (var command = new NpgsqlCommand($"""
            select {ChainedEntry.Columns}, v.salt, v.body::text, e.patient_ids, e.list_digest is not null and l.digest is null
            from audit.entries e left join audit.entry_values v on v.entry_id = e.id left join audit.patient_lists l on l.digest = e.list_digest
            where e.seq is not null order by e.seq
            """, connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (faults.Count < MostFaults && await reader.ReadAsync(ct))
            {
                var entry = ChainedEntry.Read(reader);
                walk.Step(entry);
                walk.Values(entry, reader.IsDBNull(19) ? null : reader.GetFieldValue<byte[]>(19), reader.IsDBNull(20) ? null : reader.GetString(20),
                    reader.GetFieldValue<Guid[]>(21).Any(erasedPatients.Contains));
                if (reader.GetBoolean(22))
                {
                    faults.Add(new(entry.Seq!.Value, entry.Id, $"The list of patients of entry {entry.Id} of {entry.At:u} was removed."));
                }
            }
        }

        walk.End();
        var check = new SealCheck(book, heads, faults);
        check.Run(practice.Id, walk.Entries > 0);
        await OrphansAsync(connection, faults, ct);
        await ListsAsync(connection, faults, ct);
        var (unsealed, oldest) = await TailAsync(connection, ct);
        if (book.Seals is [.., { } last])
        {
            await BackdatedAsync(connection, last.At, faults, ct);
        }

        return new(walk.Entries, unsealed, oldest, walk.Erased, walk.HeadsCompared, walk.BeforeKey, check.NotHere, faults);
    }

    private static Task<List<DroppedRun>> DroppedAsync(NpgsqlConnection connection, CancellationToken ct) => connection.QueryAsync(
        "select from_seq, to_seq, digest, dropped_at, practice_id, host_id, key_id, mac from audit.dropped order by from_seq", [], Dropped, ct);

    private static DroppedRun Dropped(NpgsqlDataReader r)
    {
        var run = new DroppedRun(r.GetInt64(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2));
        return r.IsDBNull(7) ? run : run with
        {
            Note = new(run.ToSeq, run.Digest, r.GetFieldValue<DateTimeOffset>(3), run.FromSeq)
            {
                Seal = new(0, run.FromSeq, r.GetGuid(4), r.GetGuid(5), r.GetString(6), r.GetFieldValue<byte[]>(7)),
            },
        };
    }

    /// <summary>Not sealed yet, and dated before what is.</summary>
    private static async Task BackdatedAsync(NpgsqlConnection connection, DateTimeOffset sealedAt, List<AuditFault> faults, CancellationToken ct)
    {
        var found = await connection.QueryAsync("select id, at from audit.entries where seq is null and at < $1 order by at limit $2",
            [sealedAt - ChainWalk.MayLag, MostFaults], r => (Id: r.GetGuid(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct);
        faults.AddRange(found.Select(e => new AuditFault(0, e.Id, ChainWalk.Backdated($"Entry {e.Id}, not sealed yet,", e.At, sealedAt))));
    }

    private static async Task<HashSet<Guid>> ErasedPatientsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select distinct unnest(patient_ids) from audit.entries where place = 'erasure' and what = 'erased logged values'", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var patients = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
        {
            patients.Add(reader.GetGuid(0));
        }

        return patients;
    }

    /// <summary>Values whose entry is gone name a removed entry.</summary>
    private static async Task OrphansAsync(NpgsqlConnection connection, List<AuditFault> faults, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select v.entry_id from audit.entry_values v
            where not exists (select 1 from audit.entries e where e.id = v.entry_id) limit {MostFaults}
            """, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            faults.Add(new(0, reader.GetGuid(0), $"Entry {reader.GetGuid(0)} was removed; its values are still there."));
        }
    }

    /// <summary>A list under another digest than its own was changed.</summary>
    private static async Task ListsAsync(NpgsqlConnection connection, List<AuditFault> faults, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select digest, patient_ids from audit.patient_lists", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var digest = reader.GetFieldValue<byte[]>(0);
            if (!PatientLists.Digest(reader.GetFieldValue<Guid[]>(1)).AsSpan().SequenceEqual(digest))
            {
                faults.Add(new(0, null, $"The list of patients {Convert.ToHexStringLower(digest)[..12]}… was changed."));
            }
        }
    }

    private static async Task<(long, DateTimeOffset?)> TailAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select count(*), min(at) from audit.entries where seq is null", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }
}
