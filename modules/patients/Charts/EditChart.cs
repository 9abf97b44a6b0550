using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Change a patient's details. Of two people changing at once the later sees both versions and decides field by field.</summary>
public sealed class EditChart(PatientsDb db, IAccessLog log, IPractice practice, ChartEditor editor) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DateOnly Today, PatientForm Form, IReadOnlyList<Difference> Conflict, bool MayRestrict) : IPatientFormPage;

    [HttpGet("/patients/charts/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Get([Patient("details")] Guid id, CancellationToken ct) =>
        await OpenAsync(id, ct) is { } patient ? Page(new Model(patient, Today, await editor.FormAsync(patient, ct), [], MayRestrict)) : Gone();

    [HttpPost("/patients/charts/{id:guid}/edit")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post([Patient("details")] Guid id, PatientForm form, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not { } patient)
        {
            return Gone();
        }

        var saved = await editor.FormAsync(patient, ct);
        if (form.Version != patient.Version)
        {
            return await ConflictAsync(patient, form, saved, ct);
        }

        Difference.Take(saved, form, form.Theirs, ModelState);
        try
        {
            return Accept(await editor.ChangeAsync(patient, form, Today, ct))
                ? Done($"/patients/charts/{id}", $"Changes to {patient.FirstName} {patient.LastName} saved.")
                : Invalid(new Model(patient, Today, form, [], MayRestrict));
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody saved between our read and our write: start again from theirs.
            Db.ChangeTracker.Clear();
            patient = await Db.Patients.SingleAsync(p => p.Id == id, ct);
            return await ConflictAsync(patient, form, await editor.FormAsync(patient, ct), ct);
        }
    }

    private bool MayRestrict => Actor.Can(PatientsPermissions.OpenRestricted);

    private async Task<IActionResult> ConflictAsync(Patient patient, PatientForm typed, PatientForm saved, CancellationToken ct)
    {
        var differences = Difference.Between(saved, typed, PatientForm.InWords);
        // Posting again means: I have seen theirs, and this is right.
        typed.Version = patient.Version;
        Refuse("", $"{await WhoChangedAsync(patient.Id, ct)} changed this patient after you opened the form. Both versions are below; nothing you typed is lost.");
        // The version of the form counts now, not the one posted.
        ModelState.Remove("Form.Version");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page(new Model(patient, Today, typed, differences, MayRestrict));
    }
}
