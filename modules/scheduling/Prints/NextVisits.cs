using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>What a patient takes home: when and where the next visits are.</summary>
public sealed class NextVisits(SchedulingDb db, PatientLookup patients, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(KnownPatient Patient, string Practice, IReadOnlyList<(Visit Visit, string Location)> Visits);

    [HttpGet("/scheduling/prints/next-visits/{patient:guid}")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get(Guid patient, CancellationToken ct)
    {
        if (await patients.FindAsync(patient, ct) is not { } known)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        var next = await db.Visits.AsNoTracking().Where(v => v.PatientId == patient && v.StartsAt >= now && v.Status == VisitStatus.Booked).OrderBy(v => v.StartsAt).Take(20).ToListAsync(ct);
        log.Viewed(patient, "next visits");
        return Page(new Model(known, practice.Name, [.. next.Select(v => (v, practice.Locations.FirstOrDefault(l => l.Id == v.LocationId)?.Name ?? ""))]));
    }
}
