using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Changes a patient's details.</summary>
public sealed class EditChart(PatientsDb db, IAccessLog log, IPractice practice, ChartEditor editor, IMessageBus bus)
    : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, PatientForm Form, bool MayRestrict) : IPatientFormPage;

    [HttpGet("/patients/charts/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Get([Patient("details")] Guid id, CancellationToken ct) => WithAsync(id, _ => Chart.ShowAsync(id, ct), ct);

    [HttpPost("/patients/charts/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Post([Patient("details")] Guid id, PatientForm form, CancellationToken ct) => WithAsync(id, patient =>
    {
        form.Restricted = MayRestrict ? form.Restricted : patient.Restricted;
        return Chart.SaveAsync(id, form, ct);
    }, ct);

    private bool MayRestrict => Actor.Can(PatientsPermissions.OpenRestricted);

    private Edit<Patient, PatientForm> Chart => new(this, Db)
    {
        What = "patient",
        AlsoShow = editor.AlsoShowAsync,
        Model = (patient, form, _) => Task.FromResult<object>(new Model(patient!, form, MayRestrict)),
        Check = editor.CheckAsync,
        After = (patient, ct) => Db.TellAsync(bus, [patient], Today, ct),
        Saved = patient => Done($"/patients/charts/{patient.Id}", $"Changes to {patient.FirstName} {patient.LastName} saved."),
    };
}
