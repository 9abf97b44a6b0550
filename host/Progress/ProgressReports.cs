using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Progress;

/// <summary>Writes progress with the write that made it, and tells the pages that watch.</summary>
public sealed class ProgressReports(Work scopeWork, ScopeContext scope, ILive live, TimeProvider clock) : IProgress
{
    public const string Topic = "core.progress";

    public async Task<Guid> BeginAsync(string title, string link, long total, CancellationToken ct = default)
    {
        var id = Guid.CreateVersion7();
        await WriteAsync(id, """
            insert into core.progress (id, title, link, total, started_by, started_at, reported_at) values ($1, $3, $4, $5, $6, $2, $2)
            """, ct, title, link, total, (object?)scope.Actor.PersonId ?? DBNull.Value);
        return id;
    }

    public Task ReportAsync(Guid work, long done, CancellationToken ct = default) =>
        WriteAsync(work, "update core.progress set done = $3, reported_at = $2 where id = $1 and state = 'running'", ct, done);

    public Task EndAsync(Guid work, string result, bool failed = false, CancellationToken ct = default) => WriteAsync(work, """
        update core.progress set result = $3, ended_at = $2,
            state = case when $4 then 'failed' when cancel_asked and done < total then 'canceled' else 'done' end
        where id = $1 and state = 'running'
        """, ct, result, failed);

    public async Task<bool> IsCanceledAsync(Guid work, CancellationToken ct = default) => (await ProgressRow.FindAsync(scopeWork, work, ct))?.CancelAsked ?? false;

    public Task CancelAsync(Guid work, CancellationToken ct) =>
        WriteAsync(work, "update core.progress set cancel_asked = true, reported_at = greatest(reported_at, $2) where id = $1 and state = 'running'", ct);

    private async Task WriteAsync(Guid id, string sql, CancellationToken ct, params object[] values)
    {
        await using var write = await scopeWork.BeginAsync(null, ct);
        await using var command = new NpgsqlCommand(sql, scopeWork.Connection) { Parameters = { new() { Value = id }, new() { Value = clock.GetUtcNow() } } };
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull ? new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } : new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
        live.Changed(Topic, id.ToString());
        await write.CommitAsync(ct);
    }
}
