using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>Contracts with payers, and by when one has to give notice.</summary>
public sealed class ContractsWithPayers(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required PayerContract Contract { get; init; }
        public string? Payer { get; init; }
        public string? Entity { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("billing.contracts", "Payer contracts")
    {
        Id = l => l.Contract.Id,
        Order = "payer",
        Search = new("Payer, products or representative", l => l.Payer, l => l.Contract.Products, l => l.Contract.Representative),
        Filters =
        [
            new("valid", "When in force", new Dictionary<string, string> { ["now"] = "In force today or later", ["any"] = "Ended ones too" },
                (v, ask) =>
            {
                var today = ask.Today;
                return v == "any" ? null : l => l.Contract.EndsOn == null || l.Contract.Renews || l.Contract.EndsOn >= today;
            }),
        ],
        Columns =
        [
            new("payer", "Payer", l => l.Payer)
            {
                Main = true, Sort = l => l.Payer, Href = l => $"/billing/payers/contract/{l.Contract.Id}", HrefNeeds = BillingPermissions.Setup,
                    Drawer = true,
                Marks = l => l.Contract.NoticeDue ? [new("Notice due", "warn", "clock")] : [],
            },
            new("products", "Products", l => l.Contract.Products) { Sort = l => l.Contract.Products },
            new("entity", "Entity", l => l.Entity ?? "All") { Sort = l => l.Entity, Optional = 1 },
            new("from", "From", l => l.Contract.StartsOn) { Sort = l => l.Contract.StartsOn, Optional = 1 },
            new("to", "Last day", l => l.Contract.EndsOn) { Sort = l => l.Contract.EndsOn },
            new("renews", "Renews", l => l.Contract.Renews) { Optional = 1 },
            new("notice", "Notice by", l => l.Contract.NoticeBy),
            new("representative", "Representative", l => l.Contract.Representative) { Optional = 2 },
            new("phone", "Phone", l => TypedPhone.Show(l.Contract.Phone)) { Class = "num nowrap", Optional = 2 },
        ],
    };

    [HttpGet("/billing/payers/contracts")]
    [Needs(BillingPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.PayerContracts.AsNoTracking().Select(c => new Line
    {
        Contract = c,
        Payer = db.Payers.Where(p => p.Id == c.PayerId).Select(p => p.Name).FirstOrDefault(),
        Entity = db.Entities.Where(e => e.Id == c.EntityId).Select(e => e.Name).FirstOrDefault(),
    }), query, ct);
}
