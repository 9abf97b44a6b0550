using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>The document itself, for the preview and a tab of its own. The host judged its type by content when it was filed.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class OpenDocument(PatientsDb db, IAccessLog log, IPractice practice, IFiles files) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/documents/{patientId:guid}/{id:guid}/open")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get([Patient("document")] Guid patientId, Guid id, int? version, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is null)
        {
            return Gone();
        }

        var fileId = await Db.Documents.Where(d => d.Id == id && d.PatientId == patientId).Select(d => (Guid?)d.FileId).FirstOrDefaultAsync(ct);
        if (fileId is not null && version is { } number)
        {
            fileId = await Db.DocumentVersions.Where(v => v.DocumentId == id && v.Number == number).Select(v => (Guid?)v.FileId).FirstOrDefaultAsync(ct);
        }

        return fileId is { } file ? await FileAnswer.ShowAsync(this, files, file, ct) : NotFound();
    }
}
