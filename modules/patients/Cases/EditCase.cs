using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Cases;

/// <summary>Opens, changes and closes a case; its payer is a coverage of the case.</summary>
public sealed class EditCase(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientRowSlice<Case, CaseForm>(db, log, practice)
{
    protected override string What => "case";

    protected override Case New(Guid patientId) => new() { PatientId = patientId };

    protected override CaseForm Blank() => new() { OpenedOn = Said.ShortDay(Today) };

    protected override string Saved(Case row, Patient patient, bool added) =>
        added ? $"Case “{row.Title}” opened. Add its payer as a coverage of the case." : $"Case “{row.Title}” saved.";

    protected override Task AfterAsync(Case row, Patient patient, CancellationToken ct) => bus.PublishAsync(row.Changed(), new(Key: row.Id.ToString()));

    [HttpGet("/patients/cases/{patientId:guid}/add")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Add([Patient("case")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/cases/{patientId:guid}/add")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Add([Patient("case")] Guid patientId, CaseForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/cases/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Edit([Patient("case")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/cases/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.EditCoverage)]
    public Task<IActionResult> Edit([Patient("case")] Guid patientId, Guid id, CaseForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
