using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Change a patient's details. Of two people changing at once the later sees both versions and decides field by field.</summary>
public sealed class EditChart(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus, ISettings<PatientsSettings> settings)
    : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DateOnly Today, PatientForm Form, IReadOnlyList<Difference> Conflict, bool MayRestrict) : IPatientFormPage;

    [HttpGet("/patients/charts/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await OpenAsync(id, "details", ct) is { } patient ? Page(new Model(patient, Today, PatientForm.Of(patient, await IdsAsync(id, ct)), [], MayRestrict)) : Shut(id);

    [HttpPost("/patients/charts/{id:guid}/edit")]
    [Needs(PatientsModule.Edit)]
    public async Task<IActionResult> Post(Guid id, PatientForm form, CancellationToken ct)
    {
        if (await OpenAsync(id, "details", ct) is not { } patient)
        {
            return Shut(id);
        }

        var ids = await IdsAsync(id, ct);
        var saved = PatientForm.Of(patient, ids);
        form.Restricted = MayRestrict ? form.Restricted : patient.Restricted;
        if (form.Version != patient.Version)
        {
            return await ConflictAsync(patient, form, saved, ct);
        }

        Difference.Take(saved, form, form.Theirs, ModelState);
        if (!Accept([.. form.Apply(patient, Today), .. ExternalIds.Apply(form, patient.Id, ids, Db)]))
        {
            return Invalid(new Model(patient, Today, form, [], MayRestrict));
        }

        await Registration.FinishAsync(Db, patient, await settings.GetAsync(ct: ct), Today, ct);
        try
        {
            await Db.SaveAndTellAsync(bus, [patient], ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody saved between our read and our write: start again from theirs.
            Db.ChangeTracker.Clear();
            patient = await Db.Patients.SingleAsync(p => p.Id == id, ct);
            return await ConflictAsync(patient, form, PatientForm.Of(patient, await IdsAsync(id, ct)), ct);
        }

        return Done($"/patients/charts/{id}", $"Changes to {patient.FirstName} {patient.LastName} saved.");
    }

    private bool MayRestrict => Actor.Can(PatientsModule.OpenRestricted);

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

    private Task<List<ExternalId>> IdsAsync(Guid id, CancellationToken ct) => Db.ExternalIds.Where(e => e.PatientId == id).ToListAsync(ct);
}
