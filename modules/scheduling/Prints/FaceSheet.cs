using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>The first page of the paper chart: who, the visit, and what other modules add.</summary>
public sealed class FaceSheet(SchedulingDb db, IPractice practice) : VisitPrint(db, practice)
{
    [HttpGet("/scheduling/prints/face-sheet/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public Task<IActionResult> Get([PatientOf<Visit>("face sheet")] Guid id, CancellationToken ct) => PrintAsync(id, "", ct);
}
