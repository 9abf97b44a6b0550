using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Disclosures;

/// <summary>Writes down what left the practice; the answer to a record request writes itself.</summary>
public sealed class EditDisclosure(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/disclosures/{patientId:guid}/add")]
    [HttpGet("/patients/disclosures/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Privacy)]
    public Task<IActionResult> Get([Patient("disclosure")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/disclosures/{patientId:guid}/add")]
    [HttpPost("/patients/disclosures/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Privacy)]
    public Task<IActionResult> Post([Patient("disclosure")] Guid patientId, Guid? id, DisclosureForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Disclosure, DisclosureForm> Row(Patient patient) => new(this, Db)
    {
        What = "disclosure",
        Rows = Db.Disclosures.Where(d => d.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id, ByName = Actor.Name },
        Blank = () => new() { DisclosedOn = Said.ShortDay(Today) },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<DisclosureForm>(patient, row?.Id, form)),
        Saved = row => Done($"/patients/privacy/{patient.Id}", $"Disclosure of {patient.FullName} {(row.Version == 1 ? "added" : "changed")}."),
    };
}
