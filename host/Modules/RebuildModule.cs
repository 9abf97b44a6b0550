using Microsoft.AspNetCore.Mvc;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Fills a module's own copies of others' facts anew.</summary>
public sealed class RebuildModule(ModuleEnabling enabling, InstalledModules modules, ScopeContext scope) : Slice
{
    [HttpPost("/admin/modules/rebuild/{id}")]
    [Needs("core.modules.manage")]
    public async Task<IActionResult> Post(string id, CancellationToken ct)
    {
        if (modules.Find(id) is not { Runs: true } module || id == LoadedModule.CoreId)
        {
            return NotFound();
        }

        try
        {
            await enabling.RebuildAsync(scope.Practice, id, Actor, ct);
        }
        catch (EnablingRefusedException refused)
        {
            // The page has no form of its own for it to stand in.
            return Done("/admin/modules", $"{module.Manifest.Name} is not rebuilt. {refused.Message}");
        }

        return Done("/admin/modules", $"{module.Manifest.Name} is being rebuilt");
    }
}
