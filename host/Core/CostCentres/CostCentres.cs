using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core.CostCentres;

/// <summary>What costs are gathered by.</summary>
public sealed class CostCentres(CoreDb db) : Slice
{
    /// <param name="Entity">Null for one that all entities use.</param>
    public sealed record Row(Guid Id, string Code, string Name, string? Entity, bool Active);

    internal static readonly ListDefinition<Row> List = new("core.cost-centres", "Cost centers")
    {
        Id = c => c.Id, Order = "code", Search = new("Name", c => c.Code + " " + c.Name),
        Columns =
        [
            new("code", "Code", c => c.Code) { Sort = c => c.Code, Class = "num nowrap" },
            new("name", "Name", c => c.Name)
            {
                Sort = c => c.Name, Main = true, Href = c => $"/admin/cost-centres/edit/{c.Id}",
                Marks = c => c.Entity is { } entity ? [new(entity)] : [],
            },
            new("state", "State", c => c.Active ? "Active" : "Closed"),
        ],
    };

    [HttpGet("/admin/cost-centres")]
    [Needs("core.practice.manage")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.CostCentres.AsNoTracking().Select(c => new Row(
        c.Id, c.Code, c.Name, db.LegalEntities.Where(e => e.Id == c.EntityId).Select(e => e.Name).FirstOrDefault(), c.Active)), query, ct);
}
