using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Bus.DeadLetters;

/// <summary>Messages that failed seven times or could not be read: look, then try again or give up.</summary>
public sealed class DeadLetters(BusDb db, BusPump bus) : Slice
{
    public sealed record Model(ListPage<DeadLetter> Page, string? Broker);

    [HttpGet("/admin/dead-letters")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var queues = await db.DeadLetters.Select(d => d.Queue).Distinct().OrderBy(q => q).ToListAsync(ct);
        return await ListAsync(List(queues), db.DeadLetters.AsNoTracking(), query, async page => new Model(page, await BrokerAsync(ct)), ct);
    }

    private static ListDefinition<DeadLetter> List(IEnumerable<string> queues) => new("core.dead-letters", "Failed messages")
    {
        Id = d => d.LetterId, Order = "-died", Search = new("Message or reason", d => d.Alias, d => d.Exception + " " + d.Reason),
        Filters = [new("queue", "Recipient", "All recipients", queues.ToDictionary(q => q), v => d => d.Queue == v)],
        Columns =
        [
            new("message", "Message", d => d.Alias) { Sort = d => d.Alias, Main = true, Href = d => $"/admin/dead-letters/{d.LetterId}" },
            new("queue", "Recipient", d => d.Queue) { Sort = d => d.Queue },
            new("reason", "Reason", d => $"{d.Exception}: {d.Reason}") { Optional = 1 },
            new("attempts", "Attempts", d => d.Attempts) { Sort = d => d.Attempts, Right = true },
            new("died", "Failed", d => d.DiedAt) { Sort = d => d.DiedAt },
        ],
    };

    /// <summary>What waits for other groups of hosts while the broker between them is away.</summary>
    private async Task<string?> BrokerAsync(CancellationToken ct) => bus.Broker is { } broker ? await broker.SentenceAsync(await db.Work.OpenAsync(ct), ct) : null;
}
