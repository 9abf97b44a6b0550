using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Changes a patient's details: the page and programs end here.</summary>
public sealed class ChartEditor(PatientsDb db, IMessageBus bus, ISettings<PatientsSettings> settings, Actor actor)
{
    /// <summary>The form as it would be opened now.</summary>
    public async Task<PatientForm> FormAsync(Patient patient, CancellationToken ct)
    {
        var form = PatientForm.Of(patient, await NumbersAsync(patient, ct));
        // The day belongs to the answer: whoever changes the answer or the number gives a new one.
        form.ConsentOn = null;
        return form;
    }

    /// <returns>What cannot be taken; then nothing was saved, and the patient is half written.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody saved since the patient was read.</exception>
    public async Task<IReadOnlyList<FieldError>> ChangeAsync(Patient patient, PatientForm form, DateOnly today, CancellationToken ct)
    {
        form.Restricted = actor.Can(PatientsPermissions.OpenRestricted) ? form.Restricted : patient.Restricted;
        var numbers = await NumbersAsync(patient, ct);
        FieldError[] errors = [.. form.Apply(patient, today), .. ExternalIds.Apply(form, patient.Id, numbers, db)];
        if (errors.Length == 0)
        {
            await Registration.FinishAsync(db, patient, await settings.GetAsync(ct: ct), today, ct);
            await db.SaveAndTellAsync(bus, [patient], today, ct);
        }

        return errors;
    }

    private Task<List<ExternalId>> NumbersAsync(Patient patient, CancellationToken ct) => db.ExternalIds.Where(e => e.PatientId == patient.Id).ToListAsync(ct);
}
