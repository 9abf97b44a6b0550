using System.Text.Json;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Jobs;

/// <summary>Sees to it that each declared job of an enabled module has its next occurrence in the inbox.</summary>
public static class JobPlan
{
    public static async Task EnsureAsync(Practice practice, InstalledModules modules, StartOptions options, TimeProvider clock, CancellationToken ct)
    {
        var wanted = (from module in modules.WithCore
                      where practice.IsOn(module.Id)
                      from job in module.Declared.Jobs
                      where JobFolders.Has(options, practice, job)
                      select (Module: module.Id, Job: job)).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await using var connection = await practice.OpenAsync(ct);
        var planned = await PlannedAsync(connection, ct);
        foreach (var (module, job) in wanted.Where(w => !planned.Contains((w.Job.Id, w.Job.Cron, practice.Zone))))
        {
            await PlanAsync(connection, practice, module, job, clock.GetUtcNow(), ct);
        }
    }

    /// <summary>The row of the next occurrence. It waits for anybody and carries an id of its own making.</summary>
    public static OutgoingRow Tick(string job, DateTimeOffset occurrence, DateTimeOffset now)
    {
        var row = OutgoingRow.From(new JobDue(job, occurrence), new(ScheduledAt: occurrence), Actor.System(LoadedModule.CoreId), Guid.CreateVersion7(now), null, now);
        return row with { Id = JobTimes.OccurrenceId(job, occurrence) };
    }

    private static async Task PlanAsync(NpgsqlConnection connection, Practice practice, string module, JobDeclaration job, DateTimeOffset now, CancellationToken ct)
    {
        if (JobTimes.Next(job.Cron, practice.Zone, now, practice.Id) is not { } next)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand("""
            insert into bus.jobs as j (id, module, cron, zone, next_run) values ($1, $2, $3, $4, $5)
            on conflict (id) do update set module = excluded.module, cron = excluded.cron, zone = excluded.zone, next_run = excluded.next_run
                where j.next_run is null or j.cron <> excluded.cron or j.zone <> excluded.zone
            """, connection)
        {
            Parameters = { new() { Value = job.Id }, new() { Value = module }, new() { Value = job.Cron }, new() { Value = practice.Zone }, new() { Value = next } },
        };
        if (await command.ExecuteNonQueryAsync(ct) > 0)
        {
            await OutgoingRow.WriteAsync(connection, [Tick(job.Id, next, now)], [], [], 0, practice.Id, now, ct);
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task<HashSet<(string, string, string)>> PlannedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select id, cron, zone from bus.jobs where next_run is not null", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var planned = new HashSet<(string, string, string)>();
        while (await reader.ReadAsync(ct))
        {
            planned.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return planned;
    }
}
