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
    [Needs(PatientsModule.Read)]
    public async Task<IActionResult> Get(Guid patientId, Guid id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, "document", ct) is null)
        {
            return Shut(patientId);
        }

        var fileId = await Db.Documents.Where(d => d.Id == id && d.PatientId == patientId).Select(d => (Guid?)d.FileId).FirstOrDefaultAsync(ct);
        return fileId is { } file ? await StoredFiles.ShowAsync(this, files, file, ct) : NotFound();
    }
}
