using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus.DeadLetters;

/// <summary>Failed messages again, at their old place in the order, with all their attempts before them.</summary>
public sealed class ReplayDeadLetters(Work work, BusPump pump, ScopeContext scope, AuditTrail trail) : Slice
{
    [HttpPost("/admin/dead-letters/replay")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Post(Guid[] id, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        var count = await Bus.DeadLetterBox.ReplayAsync(work.Connection, id, Clock.GetUtcNow(), ct);
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, $"{count} failed messages tried again", "dead_letters", Values: JsonSerializer.Serialize(new { letters = id })));
        work.AfterCommit(() => pump.Lane(scope.Practice).Poke());
        await write.CommitAsync(ct);
        return Done("/admin/dead-letters", count == 1 ? "The message is tried again" : $"{count} messages are tried again");
    }
}
