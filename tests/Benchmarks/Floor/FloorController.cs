using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Benchmarks.Floor;

/// <summary>The day page with nothing around it: no sign-in, no permission, no access log, no counts, no compression.</summary>
public sealed class FloorController(FloorDb db) : Controller
{
    public sealed record Model(DateOnly Date, IReadOnlyList<FloorVisit> Visits);

    [HttpGet("/mvc/day")]
    public async Task<IActionResult> Day(DateOnly date, Guid location)
    {
        var (from, to) = WallTime.Day(date, FloorApp.Zone);
        var visits = new List<FloorVisit>();
        await foreach (var visit in FloorDb.Day(db, location, from, to))
        {
            visits.Add(visit);
        }

        return View("/Views/Floor/Day.cshtml", new Model(date, visits));
    }
}
