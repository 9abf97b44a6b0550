using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.CostCentres;

/// <summary>What costs are gathered by.</summary>
public sealed class CostCentres(CoreDb db) : Slice
{
    public sealed class Row
    {
        public required CostCentre Centre { get; init; }

        /// <summary>Null for one that all entities use.</summary>
        public string? Entity { get; init; }
    }

    internal static readonly ListDefinition<Row> List = new("core.cost-centres", "Cost centers")
    {
        Id = c => c.Centre.Id, Order = "code", Search = new("Name", c => c.Centre.Code + " " + c.Centre.Name),
        Columns =
        [
            new("code", "Code", c => c.Centre.Code) { Sort = c => c.Centre.Code, Class = "num nowrap" },
            new("name", "Name", c => c.Centre.Name)
            {
                Sort = c => c.Centre.Name, Main = true, Href = c => $"/admin/cost-centres/edit/{c.Centre.Id}",
                Marks = c => c.Entity is { } entity ? [new(entity)] : [],
            },
            new("state", "State", c => c.Centre.Active ? "Active" : "Closed"),
        ],
    };

    [HttpGet("/admin/cost-centres")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.CostCentres.AsNoTracking().Select(c => new Row
    {
        Centre = c,
        Entity = db.LegalEntities.Where(e => e.Id == c.EntityId).Select(e => e.Name).FirstOrDefault(),
    }), query, ct);
}
