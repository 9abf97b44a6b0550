using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus.DeadLetters;

/// <summary>Gives failed messages up; what waited behind them goes on.</summary>
public sealed class DiscardDeadLetters(Work work, BusPump pump, ScopeContext scope, AuditTrail trail) : Slice
{
    [HttpPost("/admin/dead-letters/discard")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Post(Guid[] id, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        var count = await Bus.DeadLetterBox.DiscardAsync(work.Connection, id, ct);
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, $"{count} failed messages discarded", "dead_letters", Values: JsonSerializer.Serialize(new { letters = id })));
        work.AfterCommit(() => pump.Lane(scope.Practice).Poke());
        await write.CommitAsync(ct);
        return Done("/admin/dead-letters", count == 1 ? "The message is discarded" : $"{count} messages are discarded");
    }
}
