using Microsoft.AspNetCore.Mvc;
using Modular.Host.Modules;
using Modular.Sdk;

namespace Modular.Host.Pages.Modules;

/// <summary>Turns a module on, filled with what the others know from a date on.</summary>
public sealed class EnableModule(Enabling enabling, InstalledModules modules, ScopeContext scope) : Slice
{
    public sealed class Form
    {
        /// <summary>Null takes everything.</summary>
        public DateOnly? From { get; set; }
    }

    public sealed record Model(LoadedModule Module, Form Form);

    [HttpGet("/admin/modules/enable/{id}")]
    [Needs("core.modules.manage")]
    public IActionResult Get(string id) => modules.Find(id) is { Runs: true } module && module.Id != LoadedModule.CoreId ? Page(new Model(module, new())) : NotFound();

    [HttpPost("/admin/modules/enable/{id}")]
    [Needs("core.modules.manage")]
    public async Task<IActionResult> Post(string id, [Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        if (modules.Find(id) is not { } module || module.Id == LoadedModule.CoreId)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Invalid(new Model(module, form));
        }

        try
        {
            await enabling.EnableAsync(scope.Practice, id, form.From, Actor, ct);
        }
        catch (EnablingRefusedException refused)
        {
            Refuse("", refused.Message);
            return Invalid(new Model(module, form));
        }

        return Done("/admin/modules", $"{module.Manifest.Name} is on; it fills in the background");
    }
}
