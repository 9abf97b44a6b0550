using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Jobs;

/// <summary>Publishes the job's message and plans the next occurrence in one transaction; how the message fares no longer matters to the clock.</summary>
public sealed class JobDueHandler(Work work, Outbox outbox, ScopeContext scope, InstalledModules modules, StartOptions options)
{
    /// <summary>Later than this, no host ran when it was due.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public async Task HandleAsync(JobDue due, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        if (!await IsPlannedAsync(due, ct))
        {
            return;
        }

        var owner = modules.WithCore.FirstOrDefault(m => m.Declared.Jobs.Any(j => j.Id == due.Job));
        var job = owner?.Declared.Jobs.Find(j => j.Id == due.Job);
        var on = job is not null && scope.Practice.IsOn(owner!.Id) && JobFolders.Has(options, scope.Practice, job);
        // From now, not from the occurrence: a week without a host is one late run, not seven.
        var next = on ? JobTimes.Next(job!.Cron, scope.Practice.Zone, now > due.Occurrence ? now : due.Occurrence, scope.Practice.Id) : null;
        var skip = now - due.Occurrence > Late && job?.Missed == MissedRun.Skip;
        await NoteAsync(due.Job, next, on && skip ? "Skipped: nothing ran when it was due" : null, ct);
        if (next is { } at)
        {
            outbox.Add(JobPlan.Tick(due.Job, at, now));
        }

        if (on && !skip)
        {
            outbox.Add(Activator.CreateInstance(job!.Message)!, null, new(Job: job.Id));
        }

        await write.CommitAsync(ct);
    }

    /// <summary>False when the job was planned anew since, with another cron or zone.</summary>
    private async Task<bool> IsPlannedAsync(JobDue due, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select 1 from bus.jobs where id = $1 and next_run = $2 for update", work.Connection)
        {
            Parameters = { new() { Value = due.Job }, new() { Value = due.Occurrence.ToUniversalTime() } },
        };
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private async Task NoteAsync(string job, DateTimeOffset? next, string? result, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update bus.jobs set next_run = $2, last_result = coalesce($3, last_result) where id = $1", work.Connection)
        {
            Parameters =
            {
                new() { Value = job },
                new() { Value = (object?)next ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
                new() { Value = (object?)result ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
