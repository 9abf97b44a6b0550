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
        var form = new PatientForm { Version = patient.Version };
        form.Show(patient);
        await AlsoShowAsync(patient, form, ct);
        return form;
    }

    /// <summary>License and passport are rows of their own.</summary>
    public async Task AlsoShowAsync(Patient patient, PatientForm form, CancellationToken ct) =>
        ExternalIds.Show(form, await NumbersAsync(patient, ct));

    /// <summary>What of a form needs the database, and what follows from it.</summary>
    public async Task CheckAsync(Patient patient, PatientForm form, Reading read, CancellationToken ct)
    {
        read.Errors.AddRange(ExternalIds.Apply(form, patient.Id, await NumbersAsync(patient, ct), db));
        await Registration.FinishAsync(db, patient, await settings.GetAsync(ct: ct), read.Today, ct);
    }

    /// <returns>What cannot be taken; then nothing was saved, and the patient is half written.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody saved since the patient was read.</exception>
    public async Task<IReadOnlyList<FieldError>> ChangeAsync(Patient patient, PatientForm form, DateOnly today, CancellationToken ct)
    {
        form.Restricted = actor.Can(PatientsModule.OpenRestricted) ? form.Restricted : patient.Restricted;
        var read = new Reading(today);
        form.Write(patient, read);
        await CheckAsync(patient, form, read, ct);
        if (read.Errors.Count == 0)
        {
            await db.SaveAndTellAsync(bus, [patient], today, ct);
        }

        return read.Errors;
    }

    private Task<List<ExternalId>> NumbersAsync(Patient patient, CancellationToken ct) => db.ExternalIds.Where(e => e.PatientId == patient.Id).ToListAsync(ct);
}
