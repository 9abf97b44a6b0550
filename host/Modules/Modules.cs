using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>What is installed, what is on here, and how it fares. Needs no module.</summary>
public sealed class Modules(ModuleOverview overview, InstallByPage installs, ScopeContext scope, Work work) : Slice
{
    public sealed record Model(IReadOnlyList<ModuleOverview.Row> Rows, IReadOnlyList<LoadedModule> New, IReadOnlySet<string> MayRetry, bool MayInstall, string? Fault);

    [HttpGet("/admin/modules")]
    [Needs("core.modules.manage")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var rows = await overview.ReadAsync(scope.Practice, work, ct);
        return Page(new Model(rows, overview.New(), rows.Select(r => r.Module).Where(overview.MayRetry).Select(m => m.Id).ToHashSet(),
            Actor.Can("core.modules.install") && installs.Allowed, scope.Practice.Fault?.Reason));
    }
}
