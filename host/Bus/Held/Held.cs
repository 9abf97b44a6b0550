using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus.Held;

/// <summary>What a practice that was restored from a backup would tell the outside or run by itself, were it not held.</summary>
public sealed class Held(BusDb db, HandlerMap handlers, ScopeContext scope) : Slice
{
    internal static readonly ListDefinition<InboxMessage> List = new("core.held", "Held messages")
    {
        Id = m => m.Id, Order = "due",
        Columns =
        [
            new("message", "Message", m => m.Alias) { Sort = m => m.Alias, Main = true },
            new("queue", "Handler", m => m.Queue) { Sort = m => m.Queue },
            new("actor", "Caused by", m => m.Actor) { Optional = 1 },
            new("due", "Due", m => m.ExecuteAt) { Sort = m => m.ExecuteAt },
        ],
    };

    public sealed record Model(ListPage<InboxMessage> Page, bool Holds);

    [HttpGet("/admin/held")]
    [Needs("core.operations.manage")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var holds = scope.Practice.Row.OutboundHeld;
        var queues = holds ? HeldMessages.Queues(handlers) : [];
        var rows = db.Inbox.AsNoTracking().Where(m => queues.Contains(m.Queue) && (m.Status == "incoming" || m.Status == "scheduled"));
        return ListAsync(List, rows, query, page => Task.FromResult<object>(new Model(page, holds)), ct);
    }
}
