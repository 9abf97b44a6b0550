using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Entities;

/// <summary>The legal entities of the practice: one as a rule.</summary>
public sealed class Entities(CoreDb db, Authority authority) : Slice
{
    /// <param name="May">Whether the present person may change what is the whole practice's.</param>
    public sealed record Model(IReadOnlyList<LegalEntity> Rows, bool May);

    [HttpGet("/admin/entities")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(new Model(
        await db.LegalEntities.AsNoTracking().OrderByDescending(e => e.Main).ThenByDescending(e => e.Active).ThenBy(e => e.Name).ToListAsync(ct),
        authority.FaultAt(null) is null));
}
