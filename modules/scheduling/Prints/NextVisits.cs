using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>All that is booked for a patient, on a sheet in the patient's language: from the chart, or at check-out. One visit alone is on the card.</summary>
public sealed class NextVisits(SchedulingDb db, PatientLookup patients, IPractice practice) : Slice
{
    public sealed record Line(Visit Visit, Location? Where);

    public sealed record Model(string Practice, KnownPatient Patient, DateOnly Today, string? Phone, IReadOnlyList<Line> Visits, PatientTexts Texts);

    [HttpGet("/scheduling/prints/next-visits/{patient:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([Patient("next visits")] Guid patient, CancellationToken ct)
    {
        if (await patients.FindAsync(patient, ct) is not { } known)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        var next = await db.Visits.AsNoTracking().Where(v => v.PatientId == patient && v.StartsAt > now && v.Status == VisitStatus.Booked).OrderBy(v => v.StartsAt).Take(20).ToListAsync(ct);
        var lines = next.Select(v => new Line(v, practice.Locations.FirstOrDefault(l => l.Id == v.LocationId))).ToList();
        return Page(new Model(practice.Name, known, WallTime.Today(Clock, practice.Zone), lines.FirstOrDefault()?.Where?.Phone, lines, PatientTexts.Of<SchedulingModule>(known.Language)));
    }
}
