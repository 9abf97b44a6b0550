using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Takes a module off this host, saying first what that means.</summary>
public sealed class RemoveModule(ModuleRemover remover, InstallByPage installs, InstalledModules modules, AuditTrail trail, Work work) : Slice
{
    [HttpGet("/admin/modules/remove/{id}")]
    [Needs("core.modules.install"), StepUp]
    public IActionResult Get(string id) => Find(id) is { } module ? Page(module) : NotFound();

    [HttpPost("/admin/modules/remove/{id}")]
    [Needs("core.modules.install"), StepUp]
    public async Task<IActionResult> Post(string id, CancellationToken ct)
    {
        if (Find(id) is not { } module)
        {
            return NotFound();
        }

        try
        {
            await remover.RemoveAsync(id, Actor, ct);
        }
        catch (Exception refused) when (refused is PackageRefusedException or EnablingRefusedException or IOException or UnauthorizedAccessException)
        {
            Refuse("", refused.Message);
            return Invalid(module);
        }

        trail.Add(work, new(AuditTrail.Change, id, $"module {module.Manifest.Version} removed; its data stays", "modules"));
        return Done("/admin/modules", $"{module.Manifest.Name} is off and goes with the next restart; its data stays");
    }

    private LoadedModule? Find(string id) => installs.Allowed && id != LoadedModule.CoreId ? modules.Find(id) : null;
}
