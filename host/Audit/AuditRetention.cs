using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Audit;

/// <param name="Months">Months that were dropped.</param>
/// <param name="Refused">Why nothing was dropped although something is past its retention; null otherwise.</param>
public sealed record RetentionReport(int Months, long Entries, DateOnly Before, string? Refused = null);

/// <summary>
/// Drops whole months of the access and change log once their years are over: only from a log that is intact, and only what a head
/// outside the database covers. Six years is the law's least (45 CFR 164.316(b)(2)(i)).
/// </summary>
public sealed class AuditRetention(IServiceProvider services, AuditVerifier verifier, SealedHeads heads, AuditKeys keys, TimeProvider clock)
{
    public async Task<RetentionReport> RunAsync(Practice practice, CancellationToken ct)
    {
        await using var scope = services.OpenScope(practice, Actor.System("retention"));
        var years = (await scope.ServiceProvider.GetRequiredService<ISettings<PracticeSettings>>().GetAsync(ct: ct)).KeepLogYears;
        var today = WallTime.Today(clock, practice.Zone);
        var before = new DateOnly(today.Year, today.Month, 1).AddYears(-years);
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        await using var write = await work.BeginAsync(null, ct);
        // No sealing meanwhile: what is judged here is what is dropped.
        await work.Connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('audit seal', 0))", [], ct);
        var months = await work.Connection.QueryAsync("select month, up_to from audit.months_before($1)", [before], r => (Name: r.GetString(0), UpTo: r.GetFieldValue<DateOnly>(1)), ct);
        if (months.Count == 0)
        {
            return new(0, 0, before);
        }

        var end = months.Max(m => m.UpTo);
        var runs = await work.Connection.QueryAsync("select from_seq, to_seq, digest from audit.runs_before($1)", [end],
            r => new DroppedRun(r.GetInt64(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)), ct);
        if (await RefusalAsync(practice, work.Connection, end, runs, ct) is { } refused)
        {
            return new(0, 0, before, refused);
        }

        await DropAsync(practice, work.Connection, [.. months.Select(m => m.Name)], end, runs, ct);
        var entries = runs.Sum(r => r.ToSeq - r.FromSeq + 1);
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(work, new(AuditTrail.Change, "core", $"dropped {entries} log entries from before {end:yyyy-MM-dd}", "entries"));
        await write.CommitAsync(ct);
        return new(months.Count, entries, before);
    }

    private async Task<string?> RefusalAsync(Practice practice, NpgsqlConnection connection, DateOnly end, List<DroppedRun> runs, CancellationToken ct)
    {
        var unsealed = await connection.QueryAsync("select count(*) from audit.entries where seq is null and at < $1::timestamp at time zone 'UTC'", [end], r => r.GetInt64(0), ct);
        if (unsealed[0] > 0)
        {
            return $"{unsealed[0]:N0} entries of those months are not sealed yet.";
        }

        if (runs.Count > 0 && !heads.Read(practice.Id).Any(h => h.Seq >= runs[^1].ToSeq))
        {
            return $"The heads file of this machine does not reach number {runs[^1].ToSeq}; run it where the host keeps its data folder.";
        }

        // Evidence of tampering is never thrown away with the months that hold it.
        var report = await verifier.VerifyAsync(practice, [], locked: true, ct);
        return report.Intact ? null : $"The log is not intact ({report.Faults.Count} faults; see audit verify).";
    }

    private async Task DropAsync(Practice practice, NpgsqlConnection connection, string[] months, DateOnly end, List<DroppedRun> runs, CancellationToken ct)
    {
        foreach (var run in runs)
        {
            var note = new SealedHead(run.ToSeq, run.Digest, clock.GetUtcNow(), run.FromSeq)
                .SealedBy(keys.Current, 0, run.FromSeq, practice.Id, heads.Host);
            // The file first: said of rows that are still there it means nothing, but a gap without it is a removal.
            await heads.AppendAsync(practice.Id, note, ct);
            await connection.ExecuteAsync("""
                insert into audit.dropped (from_seq, to_seq, digest, up_to, dropped_at, practice_id, host_id, key_id, mac)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """, [run.FromSeq, run.ToSeq, run.Digest, end, note.At, practice.Id, heads.Host, note.Seal!.Key, note.Seal.Mac], ct);
        }

        foreach (var month in months)
        {
            await connection.ExecuteAsync("select audit.drop_month($1)", [month], ct);
        }

        await connection.ExecuteAsync("select audit.drop_seals()", [], ct);
    }
}

/// <summary>Numbers of the chain that went with their months, and the digest of the last.</summary>
/// <param name="Note">What the host that dropped them sealed about it; null for what was dropped before the chain had a key.</param>
public sealed record DroppedRun(long FromSeq, long ToSeq, byte[] Digest, SealedHead? Note = null);
