using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>For which visits payers want an authorization or a referral.</summary>
public sealed class NeedsOfPayers(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required AuthorizationNeed Need { get; init; }
        public string? Payer { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("billing.authorization-needs", "What payers want")
    {
        Id = l => l.Need.Id,
        Order = "payer",
        Search = new("Payer or visit type", l => l.Payer, l => l.Need.VisitType),
        Columns =
        [
            new("payer", "Payer", l => l.Payer)
            {
                Main = true, Sort = l => l.Payer, Href = l => $"/billing/authorizations/edit-need/{l.Need.Id}", HrefNeeds = BillingPermissions.Setup, Drawer = true,
            },
            new("kind", "Wants", l => Authorization.Kinds[l.Need.Kind]) { Sort = l => l.Need.Kind },
            new("type", "For", l => l.Need.VisitType ?? "Every visit") { Sort = l => l.Need.VisitType },
            new("source", "Source", l => l.Need.Source) { Optional = 1 },
        ],
    };

    [HttpGet("/billing/authorizations/needs")]
    [Needs(BillingPermissions.Authorizations)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.AuthorizationNeeds.AsNoTracking().Select(n => new Line
    {
        Need = n,
        Payer = db.Payers.Where(p => p.Id == n.PayerId).Select(p => p.Name).FirstOrDefault(),
    }), query, ct);
}
