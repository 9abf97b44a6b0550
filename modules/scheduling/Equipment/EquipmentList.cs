using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Equipment;

/// <summary>What visits may need beside a room, at the chosen location.</summary>
public sealed class EquipmentList(SchedulingDb db, ChosenLocation chosen) : Slice
{
    public sealed record Model(string Location, ListPage<PieceOfEquipment> All);

    internal static readonly ListDefinition<PieceOfEquipment> List = new("scheduling.equipment", "Equipment")
    {
        Id = e => e.Id,
        Search = new("Name or kind", e => e.Name, e => e.Kind),
        Columns =
        [
            new("name", "Name", e => e.Name)
            {
                Main = true, Sort = e => e.Name, Href = e => $"/scheduling/equipment/edit/{e.Id}", Drawer = true, Marks = e => e.Active ? []
                    : [new("Not in use")],
            },
            new("kind", "Kind", e => e.Kind) { Sort = e => e.Kind },
            new("used", "In use", e => e.Active) { FileOnly = true },
        ],
    };

    [HttpGet("/scheduling/equipment")]
    [Needs(SchedulingPermissions.Setup)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var at = chosen.Location?.Id ?? Guid.Empty;
        var rows = db.Equipment.AsNoTracking().Where(e => e.LocationId == at).OrderByDescending(e => e.Active).ThenBy(e => e.Kind)
            .ThenBy(e => e.Name);
        return ListAsync(List, rows, query, page => Task.FromResult<object>(new Model(chosen.Location?.Name ?? "", page)), ct);
    }
}
