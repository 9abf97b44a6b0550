using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>Shows a document beside what it is called, and changes that: title, category, date.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class EditDocument(PatientsDb db, IAccessLog log, IPractice practice, IFiles files) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, Document Document, StoredFile? File, DocumentForm Form, IReadOnlyList<DocumentVersion> Versions, Guid? Scan = null);

    [HttpGet("/patients/documents/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get([Patient("document")] Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        return await FindAsync(patientId, id, ct) is { } document
            ? Page(await ModelAsync(patient, document, DocumentForm.Of(document), ct))
            : NotFound();
    }

    [HttpPost("/patients/documents/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditDocument)]
    public async Task<IActionResult> Post([Patient("document")] Guid patientId, Guid id, DocumentForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (await FindAsync(patientId, id, ct) is not { } document)
        {
            return NotFound();
        }

        if (form.Version != document.Version)
        {
            return await ChangedAsync(patient, document, form, ct);
        }

        try
        {
            if (Accept(form.Apply(document, Today)) && await SaveAsync(document, form, ct))
            {
                return Done($"/patients/charts/{patientId}", $"{document.Title} saved.");
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await FindAsync(patientId, id, ct) is { } theirs ? await ChangedAsync(patient, theirs, form, ct) : NotFound();
        }

        return Invalid(await ModelAsync(patient, document, form, ct));
    }

    /// <summary>Of two people the later is told what the document is now, and keeps what they typed.</summary>
    private async Task<IActionResult> ChangedAsync(Patient patient, Document document, DocumentForm form, CancellationToken ct)
    {
        ModelState.Remove("Form.Version");
        form.Version = document.Version;
        var again = form.File is null ? "" : " Choose the better scan once more if it is still wanted.";
        Refuse("", $"{await WhoChangedAsync(document.Id, ct)} changed this document: it is now “{document.Title}”, {Document.Categories[document.Category]}, {Said.ShortDay(document.Dated)}. Save again to keep what you typed.{again}");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page(await ModelAsync(patient, document, form, ct));
    }

    private async Task<Model> ModelAsync(Patient patient, Document document, DocumentForm form, CancellationToken ct) =>
        new(patient, document, await files.FindAsync(document.FileId, ct), form, await VersionsAsync(document.Id, ct), await ScanAsync(document.Id, ct));

    /// <summary>A new scan takes the place of the one here, which stays as a version.</summary>
    private async Task<bool> SaveAsync(Document document, DocumentForm form, CancellationToken ct)
    {
        await using var write = await Db.BeginWriteAsync(ct);
        try
        {
            if (form.File is { Length: > 0 } file)
            {
                var (content, name) = await ChartFile.ReadAsync(file, ct);
                var stored = await files.SaveAsync(content, name, new(PatientsPermissions.OpenRestricted, document.PatientId, Document.Categories[document.Category]), ct);
                Db.Add(document.Replace(await Db.DocumentVersions.CountAsync(v => v.DocumentId == document.Id, ct) + 1, stored.Id, Clock.GetUtcNow(), Actor.Name));
            }

            await Db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            return true;
        }
        catch (FileRefusedException refused)
        {
            await write.DisposeAsync();
            Refuse("Form.File", refused.Message);
            return false;
        }
    }

    /// <summary>What it was filed from, while it can go back there.</summary>
    private async Task<Guid?> ScanAsync(Guid id, CancellationToken ct) => !Actor.Can(PatientsPermissions.FileScan) ? null
        : await Db.Scans.Where(s => s.DocumentId == id).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct);

    private Task<List<DocumentVersion>> VersionsAsync(Guid id, CancellationToken ct) =>
        Db.DocumentVersions.AsNoTracking().Where(v => v.DocumentId == id).OrderByDescending(v => v.Number).ToListAsync(ct);

    private Task<Document?> FindAsync(Guid patientId, Guid id, CancellationToken ct) => Db.Documents.FirstOrDefaultAsync(d => d.Id == id && d.PatientId == patientId, ct);
}
