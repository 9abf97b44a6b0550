using Microsoft.AspNetCore.Mvc;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Jobs;

/// <summary>Runs a job once, now; its schedule stays as it is.</summary>
public sealed class RunJob(Outbox outbox, InstalledModules modules, IPractice practice) : Slice
{
    [HttpPost("/admin/jobs/run/{id}")]
    [Needs("core.operations.manage")]
    public IActionResult Post(string id)
    {
        var job = modules.WithCore.Where(m => practice.IsOn(m.Id)).SelectMany(m => m.Declared.Jobs).FirstOrDefault(j => j.Id == id);
        if (job is null)
        {
            return NotFound();
        }

        outbox.Add(Activator.CreateInstance(job.Message)!, null, new(Job: job.Id));
        return Done("/admin/jobs", $"{job.Title}: started");
    }
}
