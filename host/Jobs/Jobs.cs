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
    public sealed record Model(ListPage<Row> Rows, IReadOnlyList<(string Queue, DateTimeOffset Since)> Stuck, IReadOnlyList<string> Lacks);

    internal static readonly ListDefinition<Row> List = new("core.jobs", "Jobs")
    {
        Columns =
        [
            new("job", "Job", r => r.Title) { Sort = r => r.Title, Main = true },
            new("module", "Module", r => r.Module) { Sort = r => r.Module, Optional = 1 },
            new("schedule", "Schedule", r => r.Schedule) { Optional = 1 },
            new("missed", "If missed", r => r.IfMissed) { Optional = 2 },
            new("next", "Next run", r => r.Next) { Sort = r => r.Next, Marks = r => r.Next is null ? [new("Not planned")] : [] },
            new("last", "Last run", r => r.Last) { Sort = r => r.Last, Marks = r => r.Last is null ? [new("Never")] : [] },
            new("result", "Result", r => r.Result) { Sort = r => r.Result },
        ],
    };

    [HttpGet("/admin/jobs")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
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
        return await ListAsync(List, rows.AsQueryable(), query, page => Task.FromResult<object>(new Model(page, watch.Stuck(scope.Practice),
            machine.Lacks)), ct);
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
