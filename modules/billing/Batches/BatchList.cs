using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>The files of claims that were made, the latest first.</summary>
public sealed class BatchList(BillingDb db) : Slice
{
    /// <param name="Number">BHT03.</param>
    public sealed record Line(Guid Id, string Number, string Payer, DateTimeOffset MadeAt, string MadeBy, int Claims, decimal Total, bool Recalled);

    internal static readonly ListDefinition<Line> List = new("billing.batches", "Batches")
    {
        Id = b => b.Id,
        Order = "-made",
        Search = new("Payer or number", b => b.Payer, b => b.Number),
        Columns =
        [
            new("number", "Batch", b => b.Number) { Sort = b => b.Number, Main = true, Href = b => $"/billing/batches/{b.Id}" },
            new("payer", "Payer", b => b.Payer) { Sort = b => b.Payer },
            new("made", "Made", b => b.MadeAt) { Sort = b => b.MadeAt, Class = "nowrap" },
            new("by", "By", b => b.MadeBy) { Optional = 1 },
            new("claims", "Claims", b => b.Claims) { Right = true },
            new("total", "Charges", b => b.Total) { Sort = b => b.Total, Right = true },
            new("state", "State", b => b.Recalled ? "Taken back" : "Sent"),
        ],
    };

    [HttpGet("/billing/batches")]
    [Needs(BillingPermissions.Claims)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.ClaimBatches.AsNoTracking()
        .Select(b => new Line(b.Id, b.Reference, b.Payer, b.MadeAt, b.MadeBy, b.Claims, b.Total, b.RecalledAt != null)), query, ct);
}
