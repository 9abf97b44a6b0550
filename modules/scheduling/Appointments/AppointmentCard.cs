using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The card for the pocket: one visit, in the patient's language. A visit that is over or canceled gives the card of the next one.</summary>
public sealed class AppointmentCard(SchedulingDb db, PatientLookup patients, IPractice practice, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("scheduling.appointment-card", "Appointment card",
    [
        LetterField.Text("practice", "Name of the practice", "Harbor Family Practice"),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Date("visit.day", "Day of the visit; empty when none is booked", new(2026, 6, 18), mayBeEmpty: true),
        LetterField.Time("visit.at", "When it begins", new(14, 40), mayBeEmpty: true),
        LetterField.Number("visit.minutes", "Minutes it takes", 20, mayBeEmpty: true),
        LetterField.Text("visit.type", "What it is for", "Follow-up", mayBeEmpty: true),
        LetterField.Text("visit.provider", "Name of the provider", "Dr. Okafor", mayBeEmpty: true),
        LetterField.Text("place.name", "Name of the location", "Main Street", mayBeEmpty: true),
        LetterField.Text("place.address", "Address of the location", "12 Main Street, Springfield, MA 01101", mayBeEmpty: true),
        LetterField.Text("place.phone", "Phone of the location", "5550104471", mayBeEmpty: true),
    ]);

    public sealed record Model(string Back, PatientTexts Texts, WrittenLetter Letter);

    [HttpGet("/scheduling/appointments/{id:guid}/card")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("appointment card")] Guid id, CancellationToken ct)
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
        var place = practice.Locations.FirstOrDefault(l => l.Id == (shown ?? visit).LocationId);
        var letter = await letters.WriteAsync(Kind, patient?.Language, new Dictionary<string, object?>
        {
            ["practice"] = practice.Name,
            ["patient.name"] = patient?.ReadName ?? visit.PatientName,
            ["visit.day"] = shown?.Day,
            ["visit.at"] = shown is null ? null : TimeOnly.FromDateTime(shown.Local.DateTime),
            ["visit.minutes"] = shown?.Minutes,
            ["visit.type"] = shown?.TypeName,
            ["visit.provider"] = shown?.ProviderName,
            ["place.name"] = place?.Name,
            ["place.address"] = place?.Address,
            ["place.phone"] = place?.Phone,
        }, ct);
        return Page(new Model($"/scheduling/appointments/{id}", PatientTexts.Of<SchedulingModule>(letter.Language), letter));
    }
}
