using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The card for the pocket: one visit, in the patient's language. A visit that is over or canceled gives the card of the next one.</summary>
public sealed class AppointmentCard(AppointmentCards about, ILetters letters) : Slice
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
    ])
    {
        Paper = "card",
    };

    public sealed record Model(string Back, PatientTexts Texts, WrittenLetter Letter);

    [HttpGet("/scheduling/appointments/{id:guid}/card")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("appointment card")] Guid id, CancellationToken ct)
    {
        if (await about.FindAsync([id], ct) is not [var record])
        {
            return NotFound();
        }

        var letter = await letters.WriteAsync(Kind, record, ct);
        return Page(new Model($"/scheduling/appointments/{id}", PatientTexts.Of<SchedulingModule>(letter.Language), letter));
    }
}
