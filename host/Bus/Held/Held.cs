using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Bus.Held;

/// <summary>What a practice that was restored from a backup would tell the outside or run by itself, were it not held.</summary>
public sealed class Held(BusDb db, HandlerMap handlers, ScopeContext scope) : Slice
{
    private static readonly SortColumns<InboxMessage> Orders = new()
    {
        ["due"] = m => m.ExecuteAt,
        ["message"] = m => m.Alias,
        ["queue"] = m => m.Queue,
    };

    public sealed record Model(ListPage<InboxMessage> Page, bool Holds);

    [HttpGet("/admin/held")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var holds = scope.Practice.Row.OutboundHeld;
        var queues = holds ? HeldMessages.Queues(handlers) : [];
        var rows = db.Inbox.AsNoTracking().Where(m => queues.Contains(m.Queue) && (m.Status == "incoming" || m.Status == "scheduled"));
        return Page(new Model(await rows.PageAsync(query, Orders, "due", ct), holds));
    }
}
