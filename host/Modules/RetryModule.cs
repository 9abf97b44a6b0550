using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Lets a module that was held back after two crashes try again when the host starts next.</summary>
public sealed class RetryModule(InstalledModules modules, StartOptions options, AuditTrail trail, Work work) : Slice
{
    [HttpPost("/admin/modules/retry/{id}")]
    [Needs("core.modules.manage")]
    public IActionResult Post(string id)
    {
        if (modules.Find(id) is not { Status: ModuleStatus.HeldBack } module)
        {
            return NotFound();
        }

        new StartMarkers(options.DataDirectory).Forget(module.Id);
        trail.Add(work, new(AuditTrail.Change, module.Id, "module tries again at the next start", "modules"));
        return Done("/admin/modules", $"{module.Manifest.Name} tries again when Modular starts next");
    }
}
