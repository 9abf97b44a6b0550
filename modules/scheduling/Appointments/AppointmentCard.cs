using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The card for the pocket: one visit, in the patient's language. A visit that is over or canceled gives the card of the next one.</summary>
public sealed class AppointmentCard(SchedulingDb db, PatientLookup patients, IPractice practice, IAccessLog log) : Slice
{
    public sealed record Model(string Practice, string Patient, string Back, Visit? Visit, Location? Where, PatientTexts Texts);

    [HttpGet("/scheduling/appointments/{id:guid}/card")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        var shown = visit.Status == VisitStatus.Booked && visit.StartsAt > now ? visit : await db.Visits.AsNoTracking()
            .Where(v => v.PatientId == visit.PatientId && v.StartsAt > now && v.Status == VisitStatus.Booked)
            .OrderBy(v => v.StartsAt).FirstOrDefaultAsync(ct);
        var patient = await patients.FindAsync(visit.PatientId, ct);
        log.Viewed(visit.PatientId, "appointment card");
        return View("AppointmentCard", new Model(
            practice.Name, patient?.ReadName ?? visit.PatientName, $"/scheduling/appointments/{id}", shown,
            practice.Locations.FirstOrDefault(l => l.Id == (shown ?? visit).LocationId), PatientTexts.Of<SchedulingModule>(patient?.Language)));
    }
}
