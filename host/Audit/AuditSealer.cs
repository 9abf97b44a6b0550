using System.Collections.Concurrent;
using Modular.Host.Logging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Audit;

/// <summary>
/// Chains committed entries, every 10 s where this process wrote some. Chaining inside the business write would make every
/// write of a practice wait for every other; a tail of seconds is the price, and the verifier states it.
/// </summary>
public sealed class AuditSealer(
    PracticeRegistry practices, SealedHeads heads, AuditKeys keys, AuditRetention retention, TimeProvider clock, ILogger<AuditSealer> log) : BackgroundService
{
    private const int BatchSize = 5_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Finds what a process that died left unsealed, and makes next month's partition.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    /// <summary>At night, once: what is past its retention goes by the month, and to look whether there is any costs nothing.</summary>
    private const int RetentionHour = 3;

    private readonly ConcurrentDictionary<Guid, bool> touched = new();

    /// <summary>Whether the last seal of a practice is known to be in the heads file.</summary>
    private readonly ConcurrentDictionary<Guid, bool> filed = new();

    /// <summary>This practice has entries to seal.</summary>
    public void Touch(Guid practice) => touched.TryAdd(practice, true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Every process sweeps from a moment of its own, so that a thousand practices are not all looked at at once.
        var nextSweep = clock.GetUtcNow() + Every;
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var sweep = clock.GetUtcNow() >= nextSweep;
                nextSweep = sweep ? clock.GetUtcNow() + SweepEvery : nextSweep;
                foreach (var practice in practices.All.Where(p => p.Snapshot.Ready && (sweep || touched.ContainsKey(p.Id))))
                {
                    await TrySealAsync(practice, sweep, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends; what is unsealed waits for the next start's sweep.
        }
    }

    private async Task TrySealAsync(Practice practice, bool sweep, CancellationToken ct)
    {
        touched.TryRemove(practice.Id, out _);
        try
        {
            if (sweep)
            {
                await using var connection = await practice.OpenAsync(ct);
                await using var ensure = new NpgsqlCommand("select audit.ensure_partitions($1, 3)", connection);
                ensure.Parameters.Add(new() { Value = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) });
                await ensure.ExecuteNonQueryAsync(ct);
            }

            await SealAsync(practice, ct);
            if (sweep && WallTime.At(clock.GetUtcNow(), practice.Zone).Hour == RetentionHour
                && await retention.RunAsync(practice, ct) is { Refused: { } reason })
            {
                log.LogError("The audit log of {Practice} past its retention was kept: {Reason}", practice.Row.Slug, reason);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever it is, the other practices' logs are sealed.
            Touch(practice.Id);
            log.LogError("The audit log of {Practice} could not be sealed: {Reason}", practice.Row.Slug, Failure.Describe(e));
        }
    }

    /// <summary>Seals all that is committed. Returns how many entries; 0 too when another process is at it.</summary>
    public async Task<int> SealAsync(Practice practice, CancellationToken ct)
    {
        var total = 0;
        int sealedNow;
        do
        {
            sealedNow = await SealBatchAsync(practice, ct);
            total += sealedNow;
        }
        while (sealedNow == BatchSize);
        return total;
    }

    private async Task<int> SealBatchAsync(Practice practice, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        // Held until the line is in the file too, so that lines of two hosts in one folder do not run into each other.
        if (!(await connection.QueryAsync("select pg_try_advisory_lock(hashtextextended('audit seal', 0))", [], r => r.GetBoolean(0), ct))[0])
        {
            return 0;
        }

        try
        {
            await WriteMissedHeadAsync(practice, connection, ct);
            return await SealBatchAsync(practice, connection, ct);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended('audit seal', 0))", [], CancellationToken.None);
        }
    }

    private async Task<int> SealBatchAsync(Practice practice, NpgsqlConnection connection, CancellationToken ct)
    {
        var key = keys.Current;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (seq, digest) = await HeadAsync(connection, ct);
        var entries = await UnsealedAsync(connection, ct);
        if (entries.Count == 0)
        {
            return 0;
        }

        var digests = new byte[entries.Count][];
        for (var i = 0; i < entries.Count; i++)
        {
            digests[i] = digest = entries[i].DigestAfter(digest, seq + i + 1, key);
        }

        await WriteAsync(connection, entries, digests, seq, ct);
        var head = new SealedHead(seq + entries.Count, digest, clock.GetUtcNow())
            .SealedBy(key, await Seals.LastNumberAsync(connection, ct) + 1, seq + 1, practice.Id, heads.Host);
        await Seals.AddAsync(connection, head, ct);
        await transaction.CommitAsync(ct);
        filed[practice.Id] = false;
        await heads.AppendAsync(practice.Id, head, ct);
        filed[practice.Id] = true;
        log.LogInformation("Audit log sealed up to {Seq} with {Head} for {Practice}", head.Seq, Convert.ToHexStringLower(digest), practice.Id);
        return entries.Count;
    }

    /// <summary>
    /// A crash between the commit and the file leaves the file one line short. More than one is no crash, and stays missing for the verifier to see.
    /// </summary>
    private async Task WriteMissedHeadAsync(Practice practice, NpgsqlConnection connection, CancellationToken ct)
    {
        if (filed.GetValueOrDefault(practice.Id))
        {
            return;
        }

        var filedLast = heads.Last(practice.Id)?.Seal?.Number;
        var own = await Seals.LastTwoAsync(connection, practice.Id, heads.Host, ct);
        if (own is [var head, ..] && filedLast == own.ElementAtOrDefault(1)?.Seal!.Number
            && keys.Find(head.Seal!.Key) is { } key && head.IsGenuine(key))
        {
            await heads.AppendAsync(practice.Id, head, ct);
        }

        filed[practice.Id] = true;
    }

    public static async Task<(long Seq, byte[] Digest)> HeadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            (select seq, digest from audit.entries where seq is not null order by seq desc limit 1)
            union all (select to_seq, digest from audit.dropped order by to_seq desc limit 1)
            order by seq desc limit 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (0, new byte[32]);
    }

    private static async Task<List<ChainedEntry>> UnsealedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {ChainedEntry.Columns} from audit.entries e where seq is null order by at, id limit {BatchSize}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var entries = new List<ChainedEntry>();
        while (await reader.ReadAsync(ct))
        {
            entries.Add(ChainedEntry.Read(reader));
        }

        return entries;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, List<ChainedEntry> entries, byte[][] digests, long before, CancellationToken ct)
    {
        await using var update = new NpgsqlCommand("""
            update audit.entries e set seq = s.seq, digest = s.digest
            from unnest($1, $2, $3, $4) as s(id, at, seq, digest)
            where e.id = s.id and e.at = s.at
            """, connection);
        update.Parameters.Add(new() { Value = entries.Select(e => e.Id).ToArray() });
        update.Parameters.Add(new() { Value = entries.Select(e => e.At.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        update.Parameters.Add(new() { Value = entries.Select((_, i) => before + i + 1).ToArray() });
        update.Parameters.Add(new() { Value = digests, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await update.ExecuteNonQueryAsync(ct);
    }
}
