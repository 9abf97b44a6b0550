using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <summary>Everything the practice keeps of one patient, from every module: a page to read, JSON, and the files.</summary>
public sealed class ExportRecord(PatientsDb db, IAccessLog log, IPractice practice, IPatientRecords records) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/retention/{patientId:guid}/export")]
    [Needs(PatientsPermissions.ExportRecord)]
    [StepUp]
    public async Task<IActionResult> Get([Patient("whole record, exported")] Guid patientId, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        // Through a file: a record with scans does not fit into memory twice.
        var zip = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await records.ExportAsync(patientId, $"{patient.FullName}, {patient.RecordNumber}", zip, ct);
        zip.Position = 0;
        return File(zip, "application/zip", $"patient-{patient.RecordNumber}.zip");
    }
}
