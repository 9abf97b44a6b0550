using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Jobs;

/// <summary>What runs by itself here, when, and how it went.</summary>
public sealed class Jobs(BusDb db, InstalledModules modules, HandlerWatch watch, Observability.MachineState machine, ScopeContext scope) : Slice
{
    public sealed record Row(string Id, string Title, string Module, string Schedule, string IfMissed, DateTimeOffset? Next, DateTimeOffset? Last, string? Result);

    /// <param name="Stuck">Handlers of this host that work on one message for longer than a minute.</param>
    /// <param name="Lacks">What the server itself lacks, such as room on a disk.</param>
    public sealed record Model(IReadOnlyList<Row> Rows, IReadOnlyList<(string Queue, DateTimeOffset Since)> Stuck, IReadOnlyList<string> Lacks);

    [HttpGet("/admin/jobs")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var planned = await db.Jobs.AsNoTracking().ToDictionaryAsync(j => j.Id, ct);
        IReadOnlyList<Row> rows =
            [.. from module in modules.WithCore
                where scope.Practice.IsOn(module.Id)
                from job in module.Declared.Jobs
                let row = planned.GetValueOrDefault(job.Id)
                orderby row?.NextRun
                select new Row(job.Id, job.Title, module.Manifest.Name, InWords(job.Cron), job.Missed == MissedRun.Skip ? "waits for the next time" : "runs late, once",
                    row?.NextRun, row?.LastRun, row?.LastResult)];
        return Page(new Model(rows, watch.Stuck(scope.Practice), machine.Lacks));
    }

    /// <summary>The plain schedules in words; a rare one as it is written.</summary>
    private static string InWords(string cron) => cron.Split(' ') switch
    {
        [_, var minute, var hour, "*" or "?", "*", "*" or "?"] when int.TryParse(minute, out var m) && int.TryParse(hour, out var h) => $"Every day at {Said.Time(new TimeOnly(h, m))}",
        [_, var minute, "*", "*" or "?", "*", "*" or "?"] when int.TryParse(minute, out var m) => $"Every hour, at {m} past",
        [_, ['*' or '0', '/', .. var step], "*", "*" or "?", "*", "*" or "?"] => $"Every {step} minutes",
        _ => cron,
    };
}
