using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.Entities;

/// <summary>The legal entities of the practice: one as a rule.</summary>
public sealed class Entities(CoreDb db) : Slice
{
    internal static readonly ListDefinition<LegalEntity> List = new("core.entities", "Legal entities")
    {
        Id = e => e.Id, Order = "name",
        Columns =
        [
            new("name", "Entity", e => e.Name) { Sort = e => e.Name, Main = true, Href = e => $"/admin/entities/edit/{e.Id}" },
            new("tax-id", "Tax id", e => LegalEntity.Dashed(e.TaxId)) { Class = "num nowrap" },
            new("npi", "NPI", e => e.Npi) { Class = "num" },
            new("address", "Address", e => string.Join(", ", new[] { e.Address, e.City, e.State }.Where(p => !string.IsNullOrEmpty(p)))),
            new("fiscal-month", "Fiscal year begins", e => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(e.FiscalMonth)),
            new("state", "State", e => !e.Active ? "Closed" : e.Main ? "Main" : "Active"),
        ],
    };

    [HttpGet("/admin/entities")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.LegalEntities.AsNoTracking(), query, ct);
}
