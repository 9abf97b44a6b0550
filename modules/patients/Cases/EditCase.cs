using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Cases;

/// <summary>Opens, changes and closes a case; its payer is a coverage of the case.</summary>
public sealed class EditCase(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/cases/{patientId:guid}/add")]
    [HttpGet("/patients/cases/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.EditCoverage)]
    public Task<IActionResult> Get([Patient("case")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/cases/{patientId:guid}/add")]
    [HttpPost("/patients/cases/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.EditCoverage)]
    public Task<IActionResult> Post([Patient("case")] Guid patientId, Guid? id, CaseForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Case, CaseForm> Row(Patient patient) => new(this, Db)
    {
        What = "case",
        Rows = Db.Cases.Where(c => c.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id },
        Blank = () => new() { OpenedOn = Said.ShortDay(Today) },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<CaseForm>(patient, row?.Id, form)),
        After = (row, _) => bus.PublishAsync(row.Changed(), new(Key: row.Id.ToString())),
        Saved = row => Done($"/patients/charts/{patient.Id}",
            row.Version == 1 ? $"Case “{row.Title}” opened. Add its payer as a coverage of the case." : $"Case “{row.Title}” saved."),
    };
}
