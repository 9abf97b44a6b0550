using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>Shows a document beside what it is called, and changes that: title, category, date.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class EditDocument(PatientsDb db, IAccessLog log, IPractice practice, IFiles files, IPdf pdf) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, Document Document, StoredFile? File, DocumentForm Form, IReadOnlyList<DocumentVersion> Versions, Guid? Scan = null);

    [HttpGet("/patients/documents/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Read)]
    public Task<IActionResult> Get([Patient("document")] Guid patientId, Guid id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/documents/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditDocument)]
    public Task<IActionResult> Post([Patient("document")] Guid patientId, Guid id, DocumentForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Document, DocumentForm> Row(Patient patient) => new(this, Db)
    {
        What = "document",
        Rows = Db.Documents.Where(d => d.PatientId == patient.Id),
        Model = async (row, form, ct) =>
            new Model(patient, row!, await files.FindAsync(row!.FileId, ct), form, await VersionsAsync(row.Id, ct), await ScanAsync(row.Id, ct)),
        Check = ReplaceAsync,
        Saved = row => Done($"/patients/charts/{patient.Id}", $"{row.Title} saved."),
    };

    /// <summary>A new scan takes the place of the one here, which stays as a version.</summary>
    private async Task ReplaceAsync(Document document, DocumentForm form, Reading read, CancellationToken ct)
    {
        if (form.File is not { Length: > 0 } file)
        {
            return;
        }

        try
        {
            var (content, name) = await ChartFile.ReadAsync(file, pdf, ct);
            FileOwner owner = new(PatientsPermissions.OpenRestricted, document.PatientId, Document.Categories[document.Category]);
            var stored = await files.SaveAsync(content, name, owner, ct);
            var number = await Db.DocumentVersions.CountAsync(v => v.DocumentId == document.Id, ct) + 1;
            Db.Add(document.Replace(number, stored.Id, Clock.GetUtcNow(), Actor.Name));
        }
        catch (FileRefusedException refused)
        {
            read.Refuse(nameof(DocumentForm.File), refused.Message);
        }
    }

    /// <summary>What it was filed from, while it can go back there.</summary>
    private async Task<Guid?> ScanAsync(Guid id, CancellationToken ct) => !Actor.Can(PatientsPermissions.FileScan) ? null
        : await Db.Scans.Where(s => s.DocumentId == id).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct);

    private Task<List<DocumentVersion>> VersionsAsync(Guid id, CancellationToken ct) =>
        Db.DocumentVersions.AsNoTracking().Where(v => v.DocumentId == id).OrderByDescending(v => v.Number).ToListAsync(ct);
}
