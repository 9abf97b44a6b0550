using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>What may go, by payer and entity: one press makes a file of each.</summary>
public sealed class SendClaims(BillingDb db, BatchWriter writer) : Slice
{
    public sealed record Group(Guid PayerId, string Payer, Guid EntityId, string Entity, int Claims, decimal Total, DateOnly? FileBy);

    [HttpGet("/billing/batches/send")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var entities = await db.Entities.AsNoTracking().ToDictionaryAsync(e => e.Id, e => e.Name, ct);
        var groups = await db.Claims.Where(c => c.State == ClaimState.ToSend).GroupBy(c => new { c.PayerId, c.EntityId })
            .Select(g => new { g.Key, Payer = g.Max(c => c.Payer), Count = g.Count(), Total = g.Sum(c => c.Total), FileBy = g.Min(c => c.FilingLastDay) }).ToListAsync(ct);
        return Page(groups.Select(g => new Group(g.Key.PayerId, g.Payer!, g.Key.EntityId, entities.GetValueOrDefault(g.Key.EntityId, "The practice"), g.Count, g.Total, g.FileBy))
            .OrderBy(g => g.FileBy ?? DateOnly.MaxValue).ThenBy(g => g.Payer).ToList());
    }

    [HttpPost("/billing/batches/send")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Post(Guid payer, Guid entity, CancellationToken ct)
    {
        var result = await writer.WriteAsync(payer, entity, ct);
        return result.Batch is { } batch ? Done(batch.Url, result.Sentence) : Done("/billing/batches/send", result.Sentence);
    }
}
