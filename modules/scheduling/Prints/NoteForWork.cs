using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>Says to an employer or a school that somebody was here, and not a word of why.</summary>
public sealed class NoteForWork(SchedulingDb db, WorkNotes about, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("scheduling.work-note", "Work or school note",
    [
        LetterField.Date("today", "Day of the note", new(2026, 6, 10)),
        LetterField.YesNo("school", "It is for a school, not for an employer", false),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.YesNo("visit.came", "The patient came; otherwise the visit is still to be", true),
        LetterField.Date("visit.day", "Day of the visit", new(2026, 6, 10)),
        LetterField.Time("visit.from", "When the patient came, or the visit begins", new(9, 20)),
        LetterField.Time("visit.to", "When the patient left", new(10, 5), mayBeEmpty: true),
        LetterField.Text("provider", "Name of the provider", "Dr. Okafor"),
    ]);

    /// <param name="Reader">work or school.</param>
    public sealed record Model(Visit Visit, string Reader, WrittenLetter Letter);

    /// <param name="kind">work or school.</param>
    /// <param name="language">The reader's; English unless somebody chose another.</param>
    [HttpGet("/scheduling/prints/note/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("work or school note")] Guid id, string? kind, string? language, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } v || await about.FindAsync([id], ct) is not [var record])
        {
            return NotFound();
        }

        record.Values["school"] = kind == "school";
        return Page(new Model(v, kind == "school" ? "school" : "work", await letters.WriteAsync(Kind, record with { Language = language }, ct)));
    }
}
