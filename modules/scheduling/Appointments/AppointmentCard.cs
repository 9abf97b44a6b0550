using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>What the patient takes home from the desk: the next visits, in the patient's language.</summary>
public sealed class AppointmentCard(SchedulingDb db, PatientLookup patients, IPractice practice, IAccessLog log) : Slice
{
    public sealed record Line(Visit Visit, Location? Where);

    public sealed record Model(string Practice, string Patient, string Back, DateOnly Today, string? Phone, IReadOnlyList<Line> Visits, PatientTexts Texts);

    [HttpGet("/scheduling/appointments/{id:guid}/card")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        var next = await db.Visits.AsNoTracking()
            .Where(v => v.PatientId == visit.PatientId && v.StartsAt > now && v.Status == VisitStatus.Booked)
            .OrderBy(v => v.StartsAt).Take(8).ToListAsync(ct);
        var patient = await patients.FindAsync(visit.PatientId, ct);
        log.Viewed(visit.PatientId, "appointment card");
        Location? At(Guid location) => practice.Locations.FirstOrDefault(l => l.Id == location);
        return View("AppointmentCard", new Model(
            practice.Name, Reading(patient?.Name ?? visit.PatientName), $"/scheduling/appointments/{id}", WallTime.Today(Clock, visit.Zone), At(visit.LocationId)?.Phone,
            [.. next.Select(v => new Line(v, At(v.LocationId)))], PatientTexts.Of<SchedulingModule>(patient?.Language)));
    }

    /// <summary>"Kaur, Simran" is how the office sorts; the patient reads "Simran Kaur".</summary>
    private static string Reading(string name) => name.Split(", ", 2) is [var last, var first] ? $"{first} {last}" : name;
}
