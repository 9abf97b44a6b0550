using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.CostCentres;

/// <summary>What costs are gathered by.</summary>
public sealed class CostCentres(CoreDb db, Authority authority) : Slice
{
    /// <param name="May">Whether the present person may change what is the whole practice's.</param>
    public sealed record Model(IReadOnlyList<CostCentre> Rows, IReadOnlyList<LegalEntity> Entities, bool May)
    {
        public bool Several => Entities.Count(e => e.Active) > 1;

        public string Of(CostCentre row) => Entities.FirstOrDefault(e => e.Id == row.EntityId)?.Name ?? "All entities";
    }

    [HttpGet("/admin/cost-centres")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(new Model(
        await db.CostCentres.AsNoTracking().OrderByDescending(c => c.Active).ThenBy(c => c.Code).ToListAsync(ct),
        await db.LegalEntities.AsNoTracking().ToListAsync(ct),
        authority.FaultAt(null) is null));
}
