using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Types;

/// <summary>What visits can be for.</summary>
public sealed class Types(SchedulingDb db) : Slice
{
    [HttpGet("/scheduling/types")]
    [Needs(SchedulingPermissions.Setup)]
    public async Task<IActionResult> Get(CancellationToken ct) =>
        Page(await db.AppointmentTypes.AsNoTracking().OrderByDescending(t => t.Active).ThenBy(t => t.Name).ToListAsync(ct));
}
