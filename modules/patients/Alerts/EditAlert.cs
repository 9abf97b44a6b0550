using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Alerts;

/// <summary>Adds and changes an alert; it ends by itself when a last day is given.</summary>
public sealed class EditAlert(PatientsDb db, IAccessLog log, IPractice practice) : PatientRowSlice<Alert, AlertForm>(db, log, practice)
{
    protected override string What => "alert";

    protected override Alert New(Guid patientId) => new() { PatientId = patientId, AddedBy = Actor.Name };

    protected override AlertForm Blank() => new() { FromDate = Said.ShortDay(Today) };

    [HttpGet("/patients/alerts/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("alert")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/alerts/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("alert")] Guid patientId, AlertForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/alerts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("alert")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/alerts/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("alert")] Guid patientId, Guid id, AlertForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
