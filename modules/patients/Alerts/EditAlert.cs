using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Alerts;

/// <summary>Adds and changes an alert; it ends by itself when a last day is given.</summary>
public sealed class EditAlert(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/alerts/{patientId:guid}/add")]
    [HttpGet("/patients/alerts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Get([Patient("alert")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/alerts/{patientId:guid}/add")]
    [HttpPost("/patients/alerts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Post([Patient("alert")] Guid patientId, Guid? id, AlertForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<Alert, AlertForm> Row(Patient patient) => new(this, Db)
    {
        What = "alert",
        Rows = Db.Alerts.Where(a => a.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id, AddedBy = Actor.Name },
        Blank = () => new() { FromDate = Said.ShortDay(Today) },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<AlertForm>(patient, row?.Id, form)),
        Saved = alert => Done($"/patients/charts/{patient.Id}", $"Alert of {patient.FullName} {(alert.Version == 1 ? "added" : "changed")}."),
    };
}
