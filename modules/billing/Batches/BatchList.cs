using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>The files of claims that were made, the latest first.</summary>
public sealed class BatchList(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required Guid Id { get; init; }

        /// <summary>BHT03.</summary>
        public required string Number { get; init; }
        public required string Payer { get; init; }
        public required DateTimeOffset MadeAt { get; init; }
        public required string MadeBy { get; init; }
        public required int Claims { get; init; }
        public required decimal Total { get; init; }
        public required bool Recalled { get; init; }
    }

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
        .Select(b => new Line
        {
            Id = b.Id, Number = b.Reference, Payer = b.Payer, MadeAt = b.MadeAt, MadeBy = b.MadeBy, Claims = b.Claims, Total = b.Total, Recalled = b.RecalledAt != null,
        }), query, ct);
}
