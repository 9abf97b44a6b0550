using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Cases;

/// <summary>The cases of the patient who was just picked, for the booking forms; most patients have none and nothing shows.</summary>
public sealed class ChooseCase(VisitCases cases, IPractice practice) : Slice
{
    [HttpGet("/scheduling/cases/choose")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get([Patient("cases")] Guid? patient, Guid? type, DateOnly? date, CancellationToken ct)
    {
        return Fragment("/scheduling/Cases/_Cases.cshtml", await cases.ProposeAsync(patient, type, date ?? WallTime.Today(Clock, practice.Zone), ct));
    }
}
