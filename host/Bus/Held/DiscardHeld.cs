using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus.Held;

/// <summary>Gives held messages up: the original has sent them already. A discarded job comes again at its next time.</summary>
public sealed class DiscardHeld(Work work, HandlerMap handlers, PracticeRegistry practices, ScopeContext scope, AuditTrail trail) : Slice
{
    [HttpPost("/admin/held/discard")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Post(Guid[] id, CancellationToken ct)
    {
        if (!scope.Practice.Row.OutboundHeld)
        {
            return Done("/admin/held", "Nothing is held any more");
        }

        int count;
        await using (var write = await work.BeginAsync(null, ct))
        {
            count = await HeldMessages.DiscardAsync(work.Connection, id, HeldMessages.Queues(handlers), ct);
            trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, $"{count} held messages discarded", "inbox", Values: JsonSerializer.Serialize(new { messages = id })));
            await write.CommitAsync(ct);
        }

        await practices.RefreshAsync(scope.Practice, ct);
        return Done("/admin/held", count == 1 ? "The message is discarded" : $"{count} messages are discarded");
    }
}
