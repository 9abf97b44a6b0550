using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>Shows a document beside what it is called, and changes that: title, category, date.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class EditDocument(PatientsDb db, IAccessLog log, IPractice practice, IFiles files) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, Document Document, StoredFile? File, DocumentForm Form);

    [HttpGet("/patients/documents/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Read)]
    public async Task<IActionResult> Get(Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, "document", ct) is not { } patient)
        {
            return Shut(patientId);
        }

        return await FindAsync(patientId, id, ct) is { } document
            ? Page(new Model(patient, document, await files.FindAsync(document.FileId, ct), DocumentForm.Of(document)))
            : NotFound();
    }

    [HttpPost("/patients/documents/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.EditDocument)]
    public async Task<IActionResult> Post(Guid patientId, Guid id, DocumentForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, "document", ct) is not { } patient)
        {
            return Shut(patientId);
        }

        if (await FindAsync(patientId, id, ct) is not { } document)
        {
            return NotFound();
        }

        if (form.Version != document.Version)
        {
            ModelState.Remove("Form.Version");
            form.Version = document.Version;
            Refuse("", $"Somebody else changed this document: it is now “{document.Title}”, {Document.Categories[document.Category]}, {Said.ShortDay(document.Dated)}. Save again to keep what you typed.");
        }

        Accept(form.Apply(document, Today));
        if (!ModelState.IsValid)
        {
            return Invalid(new Model(patient, document, await files.FindAsync(document.FileId, ct), form));
        }

        await Db.SaveChangesAsync(ct);
        return Done($"/patients/charts/{patientId}", $"{document.Title} saved.");
    }

    private Task<Document?> FindAsync(Guid patientId, Guid id, CancellationToken ct) => Db.Documents.FirstOrDefaultAsync(d => d.Id == id && d.PatientId == patientId, ct);
}
