using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>Says to an employer or a school that somebody was here, and not a word of why.</summary>
public sealed class NoteForWork(SchedulingDb db, IPractice practice, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("scheduling.work-note", "Work or school note",
    [
        LetterField.Text("practice", "Name of the practice", "Harbor Family Practice"),
        LetterField.Text("place", "Name of the location", "Main Street", mayBeEmpty: true),
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
        // Of a visit that did not take place and will not, there is nothing to say.
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { Status: not (VisitStatus.Canceled or VisitStatus.NoShow) } v)
        {
            return NotFound();
        }

        var letter = await letters.WriteAsync(Kind, language, new Dictionary<string, object?>
        {
            ["practice"] = practice.Name,
            ["place"] = practice.Locations.FirstOrDefault(l => l.Id == v.LocationId)?.Name,
            ["today"] = WallTime.Today(Clock, v.Zone),
            ["school"] = kind == "school",
            ["patient.name"] = PatientName.Read(v.PatientName),
            ["visit.came"] = v.ArrivedAt is not null,
            ["visit.day"] = v.Day,
            ["visit.from"] = At(v.ArrivedAt ?? v.StartsAt, v),
            ["visit.to"] = v.CheckedOutAt is { } left ? At(left, v) : null,
            ["provider"] = v.ProviderName,
        }, ct);
        return Page(new Model(v, kind == "school" ? "school" : "work", letter));
    }

    private static TimeOnly At(DateTimeOffset instant, Visit visit) => TimeOnly.FromDateTime(WallTime.At(instant, visit.Zone).DateTime);
}
