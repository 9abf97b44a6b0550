using Microsoft.AspNetCore.Mvc;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Turns a module on, filled with what the others know from a date on.</summary>
public sealed class EnableModule(ModuleEnabling enabling, InstalledModules modules, FillSources sources, ScopeContext scope) : Slice
{
    public sealed class Form
    {
        /// <summary>Null takes everything.</summary>
        public DateOnly? From { get; set; }
    }

    /// <param name="Since">What a date leaves in, a line each; none when the module takes nothing over from others.</param>
    public sealed record Model(LoadedModule Module, Form Form, IReadOnlyList<string> Since);

    [HttpGet("/admin/modules/enable/{id}")]
    [Needs("core.modules.manage")]
    public IActionResult Get(string id) => modules.Find(id) is { Runs: true } module && module.Id != LoadedModule.CoreId ? Page(ModelOf(module, new())) : NotFound();

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
            return Invalid(ModelOf(module, form));
        }

        try
        {
            await enabling.EnableAsync(scope.Practice, id, form.From, Actor, ct);
        }
        catch (EnablingRefusedException refused)
        {
            Refuse("", refused.Message);
            return Invalid(ModelOf(module, form));
        }

        return Done("/admin/modules", $"{module.Manifest.Name} is on; it fills in the background");
    }

    private Model ModelOf(LoadedModule module, Form form) => new(module, form, [.. sources.Of(scope.Practice, module.Id).Select(s => s.Since).Distinct()]);
}
