using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.RecordRequests;

/// <summary>The letter that lies on top of the copies: to whom, whose records, what is enclosed, and what may be done with them.</summary>
public sealed class RecordsLetter(PatientsDb db, IAccessLog log, IPractice practice, RecordsLetters about, ILetters letters)
    : PatientSlice(db, log, practice)
{
    public static readonly LetterKind Kind = new("patients.records-letter", "Letter with copies of records",
    [
        LetterField.Date("today", "Day of the letter", new(2026, 6, 10)),
        LetterField.Text("requester.name", "Who asked for the records", "Bay State Health"),
        LetterField.Text("requester.address", "Where they are sent", "4 Pier Road, Springfield, MA 01101", mayBeEmpty: true),
        LetterField.YesNo("to_patient", "The patient or their representative asked", false),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Date("patient.born", "Patient's date of birth", new(1948, 1, 5)),
        LetterField.Text("patient.number", "Record number", "10042"),
        LetterField.Date("request.received", "Day on which they were asked for", new(2026, 6, 1)),
        LetterField.Text("request.scope", "What is enclosed", "Visits of 2025, X-ray of March"),
        LetterField.Text("request.format", "How they are sent: paper, disc, email, portal or fax", "paper"),
        LetterField.Number("request.fee", "Fee", 6.5m, mayBeEmpty: true),
        LetterField.Text("request.fee_for", "What the fee is for", "Copying labor, postage", mayBeEmpty: true),
        LetterField.Text("signer", "Who prints it", "Dana Cole"),
    ]);

    public sealed record Model(RecordRequest Request, WrittenLetter Letter);

    /// <param name="language">The reader's; otherwise the patient's own when it goes to the patient, and English when it goes to others.</param>
    [HttpGet("/patients/record-requests/{patientId:guid}/{id:guid}/letter")]
    [Needs(PatientsPermissions.Privacy)]
    public async Task<IActionResult> Get([Patient("letter with records")] Guid patientId, Guid id, string? language, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is null)
        {
            return Gone();
        }

        if (await Db.RecordRequests.FirstOrDefaultAsync(r => r.Id == id && r.PatientId == patientId, ct) is not { } request
            || await about.FindAsync([id], ct) is not [var record])
        {
            return NotFound();
        }

        return Page(new Model(request, await letters.WriteAsync(Kind, record with { Language = language ?? record.Language }, ct)));
    }
}
