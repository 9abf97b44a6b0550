using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.OutsideIds;

/// <summary>A number that another office gave, as typed.</summary>
public sealed class OutsideIdForm : RowForm<ExternalId>
{
    public string? Issuer { get; set; }
    public string? Value { get; set; }

    public override void Show(ExternalId n) => (Issuer, Value) = (n.Issuer, n.Value);

    public override void Write(ExternalId n, Reading read)
    {
        n.Issuer = read.Required(nameof(Issuer), "Office that gave it", Issuer);
        n.Value = read.Required(nameof(Value), "Number", Value, 60);
    }
}

/// <summary>Numbers that others gave: the hospital's, the laboratory's, the old system's.</summary>
public sealed class EditOutsideId(PatientsDb db, IAccessLog log, IPractice practice) : PatientRowSlice<ExternalId, OutsideIdForm>(db, log, practice)
{
    protected override string What => "number";

    protected override ExternalId New(Guid patientId) => new() { PatientId = patientId, Kind = ExternalId.Other };

    protected override FieldError? Sentence(string constraint) => constraint.StartsWith("external_ids_patient", StringComparison.Ordinal)
        ? new(nameof(OutsideIdForm.Value), "The patient has this number already.")
        : null;

    [HttpGet("/patients/outside-ids/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("number")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/outside-ids/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Add([Patient("number")] Guid patientId, OutsideIdForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/outside-ids/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("number")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/outside-ids/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Edit([Patient("number")] Guid patientId, Guid id, OutsideIdForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
