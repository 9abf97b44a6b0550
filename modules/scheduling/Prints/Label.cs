using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>Chart and specimen label of 60 mm: two identifiers, the date and who asked.</summary>
public sealed class Label(SchedulingDb db, IPractice practice) : VisitPrint(db, practice)
{
    [HttpGet("/scheduling/prints/label/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public Task<IActionResult> Get([PatientOf<Visit>("label")] Guid id, int copies, CancellationToken ct) => PrintAsync(id, Math.Clamp(copies, 1, 24).ToString(System.Globalization.CultureInfo.InvariantCulture), ct);
}
