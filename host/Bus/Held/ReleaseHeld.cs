using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus.Held;

/// <summary>Lets a restored copy speak to the outside and run its jobs.</summary>
public sealed class ReleaseHeld(Catalogue catalogue, PracticeRegistry practices, ScopeContext scope, AuditTrail trail, Work work) : Slice
{
    [HttpPost("/admin/held/release")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        await using (var write = await work.BeginAsync(null, ct))
        {
            trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "held messages and jobs released"));
            await write.CommitAsync(ct);
        }

        await catalogue.ReleaseOutboundAsync(scope.Practice, ct);
        await practices.ChangedAsync(scope.Practice, ct);
        return Done("/admin/held", "Released: messages and jobs go out again");
    }
}
