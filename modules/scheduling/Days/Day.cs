using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Days;

/// <summary>The visits of one day by provider.</summary>
public sealed class Day : Slice
{
    [HttpGet("/scheduling/days")]
    [Needs("scheduling.visit.read")]
    public IActionResult Get() => Page();
}
