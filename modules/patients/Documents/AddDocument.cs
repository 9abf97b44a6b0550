using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>Files a scan, photo or letter in a chart.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class AddDocument(PatientsDb db, IAccessLog log, IPractice practice, IFiles files, IPdf pdf) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DocumentForm Form);

    [HttpGet("/patients/documents/{patientId:guid}/add")]
    [Needs(PatientsPermissions.EditDocument)]
    public async Task<IActionResult> Get([Patient("documents")] Guid patientId, CancellationToken ct) => await OpenAsync(patientId, ct) is { } patient
        ? Page(new Model(patient, new() { Dated = Said.ShortDay(Today) }))
        : Gone();

    [HttpPost("/patients/documents/{patientId:guid}/add")]
    [Needs(PatientsPermissions.EditDocument)]
    public async Task<IActionResult> Post([Patient("documents")] Guid patientId, DocumentForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        return await FileAsync(patient, form, ct)
            ? Done($"/patients/charts/{patientId}", $"Document filed for {patient.FirstName} {patient.LastName}.")
            : Invalid(new Model(patient, form));
    }

    private async Task<bool> FileAsync(Patient patient, DocumentForm form, CancellationToken ct)
    {
        if (form.File is not { Length: > 0 } file)
        {
            Refuse("Form.File", "Choose the file to put into the chart.");
            return false;
        }

        var (words, read) = (new Document(), NewReading());
        form.Write(words, read);
        if (!Accept(read.Errors))
        {
            return false;
        }

        await using var write = await Db.BeginWriteAsync(ct);
        try
        {
            var (content, name) = await ChartFile.ReadAsync(file, pdf, ct);
            // Documents are opened through their chart, which asks for a reason when it is restricted. The bare file address
            // knows no such question, so it is left to those who may open restricted charts.
            var stored = await files.SaveAsync(content, name, new(PatientsPermissions.OpenRestricted, patient.Id, Document.Categories[words.Category]), ct);
            Db.Add(new Document
            {
                PatientId = patient.Id, FileId = stored.Id, Title = words.Title, Category = words.Category, Dated = words.Dated,
                AddedAt = Clock.GetUtcNow(), AddedBy = Actor.Name,
            });
            await Db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            return true;
        }
        catch (FileRefusedException refused)
        {
            Refuse("Form.File", refused.Message);
            return false;
        }
    }
}
