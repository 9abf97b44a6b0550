using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Bus.DeadLetters;

/// <summary>Messages that failed seven times or could not be read: look, then try again or give up.</summary>
public sealed class DeadLetters(BusDb db, BusPump bus) : Slice
{
    private static readonly SortColumns<DeadLetter> Orders = new()
    {
        ["died"] = d => d.DiedAt,
        ["queue"] = d => d.Queue,
        ["message"] = d => d.Alias,
        ["attempts"] = d => d.Attempts,
    };

    public sealed record Model(ListPage<DeadLetter> Page, IReadOnlyList<string> Queues, string? Queue, string? Broker);

    [HttpGet("/admin/dead-letters")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Get(ListQuery query, string? queue, CancellationToken ct)
    {
        var rows = db.DeadLetters.AsNoTracking();
        if (query.Text is { Length: > 0 } text)
        {
            rows = rows.Where(d => EF.Functions.ILike(d.Alias + " " + d.Exception + " " + d.Reason, $"%{text}%"));
        }

        if (!string.IsNullOrEmpty(queue))
        {
            rows = rows.Where(d => d.Queue == queue);
        }

        var queues = await db.DeadLetters.Select(d => d.Queue).Distinct().OrderBy(q => q).ToListAsync(ct);
        var page = await Orders.Apply(rows, query.Sort, "-died").PageAsync(query, ct);
        return Page(new Model(page with { SortNames = Orders.Keys, SortedBy = Orders.Allowed(query.Sort, "-died") }, queues, queue, await BrokerAsync(ct)));
    }

    /// <summary>What waits for other groups of hosts while the broker between them is away.</summary>
    private async Task<string?> BrokerAsync(CancellationToken ct) => bus.Broker is { } broker ? await broker.SentenceAsync(await db.Work.OpenAsync(ct), ct) : null;
}
