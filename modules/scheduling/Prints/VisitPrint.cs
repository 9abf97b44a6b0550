using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>One visit on paper; each kind is a slice of its own.</summary>
public abstract class VisitPrint(SchedulingDb db, IPractice practice) : Slice
{
    public sealed record Model(Visit Visit, KnownPatient? Patient, string Practice, string Location, DateOnly Today, string Kind);

    protected async Task<IActionResult> PrintAsync(Guid id, string kind, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var patient = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == visit.PatientId, ct);
        return Page(new Model(visit, patient, practice.Name, practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Name ?? "", WallTime.Today(Clock, visit.Zone), kind));
    }
}
