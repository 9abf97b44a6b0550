using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Scheduling.Equipment;

/// <summary>What visits may need beside a room, at the chosen location.</summary>
public sealed class EquipmentList(SchedulingDb db, ChosenLocation chosen) : Slice
{
    public sealed record Model(string Location, IReadOnlyList<Setup.PieceOfEquipment> All);

    [HttpGet("/scheduling/equipment")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var at = chosen.Location?.Id ?? Guid.Empty;
        var all = await db.Equipment.AsNoTracking().Where(e => e.LocationId == at).OrderByDescending(e => e.Active).ThenBy(e => e.Kind).ThenBy(e => e.Name).ToListAsync(ct);
        return Page(new Model(chosen.Location?.Name ?? "", all));
    }
}
