using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <summary>The list of records past their period as a spreadsheet, for whoever decides about them.</summary>
public sealed class ExportRetention(PatientsDb db, IAccessLog log, IPractice practice, ISettings<PatientsSettings> settings) : Slice
{
    [HttpGet("/patients/retention/export")]
    [Needs(PatientsPermissions.Erase)]
    [StepUp]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var (past, _) = await PastRetention.ReadAsync(db, await settings.GetAsync(ct: ct), WallTime.Today(Clock, practice.Zone), ct);
        log.Listed([.. past.Select(r => r.Patient.Id)], "records past retention as CSV");
        return Csv.File("records-past-retention", past,
            ("Record number", r => r.Patient.RecordNumber),
            // A file cannot ask for a reason.
            ("Name", r => r.Patient.Restricted ? "Restricted" : r.Patient.FullName),
            ("Birth date", r => r.Patient.Restricted ? null : r.Patient.BirthDate),
            ("Deceased", r => r.Patient.DeceasedOn),
            ("Last seen", r => r.LastSeen),
            ("Kept until", r => r.KeptUntil));
    }
}
