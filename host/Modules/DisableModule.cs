using Microsoft.AspNetCore.Mvc;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Turns a module off, saying first what that means.</summary>
public sealed class DisableModule(ModuleEnabling enabling, InstalledModules modules, ScopeContext scope) : Slice
{
    [HttpGet("/admin/modules/disable/{id}")]
    [Needs("core.modules.manage")]
    public IActionResult Get(string id) => modules.Find(id) is { } module && module.Id != LoadedModule.CoreId ? Page(module) : NotFound();

    [HttpPost("/admin/modules/disable/{id}")]
    [Needs("core.modules.manage")]
    public async Task<IActionResult> Post(string id, CancellationToken ct)
    {
        if (modules.Find(id) is not { } module || module.Id == LoadedModule.CoreId)
        {
            return NotFound();
        }

        try
        {
            await enabling.DisableAsync(scope.Practice, id, Actor, ct);
        }
        catch (EnablingRefusedException refused)
        {
            Refuse("", refused.Message);
            return Invalid(module);
        }

        return Done("/admin/modules", $"{module.Manifest.Name} is off");
    }
}
