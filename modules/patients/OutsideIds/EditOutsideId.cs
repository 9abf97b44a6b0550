using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.OutsideIds;

/// <summary>A number that another office gave, as typed.</summary>
public sealed class OutsideIdForm : IEditForm<ExternalId>
{
    public int Version { get; set; }
    public string? Issuer { get; set; }
    public string? Value { get; set; }

    public void Show(ExternalId n) => (Issuer, Value) = (n.Issuer, n.Value);

    public void Write(ExternalId n, Reading read)
    {
        n.Issuer = read.Required(nameof(Issuer), "Office that gave it", Issuer);
        n.Value = read.Required(nameof(Value), "Number", Value, 60);
    }
}

/// <summary>Numbers that others gave: the hospital's, the laboratory's, the old system's.</summary>
public sealed class EditOutsideId(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/outside-ids/{patientId:guid}/add")]
    [HttpGet("/patients/outside-ids/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Get([Patient("number")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/outside-ids/{patientId:guid}/add")]
    [HttpPost("/patients/outside-ids/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public Task<IActionResult> Post([Patient("number")] Guid patientId, Guid? id, OutsideIdForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<ExternalId, OutsideIdForm> Row(Patient patient) => new(this, Db)
    {
        What = "number",
        Rows = Db.ExternalIds.Where(n => n.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id, Kind = ExternalId.Other },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<OutsideIdForm>(patient, row?.Id, form)),
        Saved = number => Done($"/patients/charts/{patient.Id}", $"Number of {patient.FullName} {(number.Version == 1 ? "added" : "changed")}."),
    };
}
