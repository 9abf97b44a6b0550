using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Minors;

/// <summary>A patient came of age: one page to end what the parents decide and to say what was agreed.</summary>
public sealed class CloseAgeReview(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, AgeReview Review, IReadOnlyList<Contact> Deciding, string? Outcome, bool End);

    [HttpGet("/patients/minors/{patientId:guid}/{id:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Get([Patient("age review")] Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        return await FindAsync(patientId, id, ct) is { } review
            ? Page(new Model(patient, review, await DecidingAsync(patientId, ct), review.Outcome, review.Adult))
            : NotFound();
    }

    [HttpPost("/patients/minors/{patientId:guid}/{id:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post([Patient("age review")] Guid patientId, Guid id, string? outcome, bool end, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (await FindAsync(patientId, id, ct) is not { } review)
        {
            return NotFound();
        }

        var read = new Reading(Today);
        var said = read.Required(nameof(Model.Outcome), "What was agreed", outcome, 300);
        var deciding = await DecidingAsync(patientId, ct);
        if (!Accept(read.Errors))
        {
            return Invalid(new Model(patient, review, deciding, outcome, end));
        }

        foreach (var contact in end ? deciding : [])
        {
            // The last day of the parents' say is the day before the birthday.
            var last = review.ReachedOn.AddDays(-1);
            contact.ToDate = last < contact.FromDate ? contact.FromDate : last;
            contact.EndedBecause = $"Patient is {review.Age}";
        }

        (review.Outcome, review.DoneAt, review.DoneBy) = (said, Clock.GetUtcNow(), Actor.Name);
        // Who paid until the birthday is told as the guarantor no longer.
        await (end && deciding.Exists(c => c.Guarantor) ? Db.TellAnewAsync(bus, [patient], Today, ct) : Db.SaveChangesAsync(ct));
        return Done($"/patients/charts/{patientId}", end && deciding.Count > 0
            ? $"The say of {string.Join(" and ", deciding.Select(c => c.Name))} ended. Add the people {patient.FirstName} chooses."
            : "Noted.");
    }

    private Task<AgeReview?> FindAsync(Guid patientId, Guid id, CancellationToken ct) => Db.AgeReviews.FirstOrDefaultAsync(r => r.Id == id && r.PatientId == patientId, ct);

    private async Task<List<Contact>> DecidingAsync(Guid patientId, CancellationToken ct)
    {
        var today = Today;
        return await Db.Contacts.Where(c => c.PatientId == patientId && (c.Authority == "parent" || c.Authority == "guardian" || c.Guarantor)
            && (c.ToDate == null || c.ToDate >= today)).OrderBy(c => c.LastName).ThenBy(c => c.FirstName).ToListAsync(ct);
    }
}
