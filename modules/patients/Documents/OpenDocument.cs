using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
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
        if (fileId is null || await files.FindAsync(fileId.Value, ct) is not { } file)
        {
            return NotFound();
        }

        var shown = file.Type == "application/pdf" || file.Type.StartsWith("image/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.Headers.XContentTypeOptions = "nosniff";
        // Browsers show no PDF inside a sandbox; with no source allowed, a PDF can do as little.
        Response.Headers.ContentSecurityPolicy = file.Type == "application/pdf" ? "default-src 'none'; object-src 'self'; frame-ancestors 'self'" : "default-src 'none'; sandbox";
        Response.Headers.CacheControl = "private, no-store";
        return File(await files.OpenAsync(file.Id, ct), file.Type);
    }
}
