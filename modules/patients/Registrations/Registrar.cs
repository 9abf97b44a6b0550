using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Duplicates;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>Registers a patient once: quick and full registration end here.</summary>
public sealed class Registrar(PatientsDb db, IMessageBus bus, ISettings<PatientsSettings> settings, TimeProvider clock)
{
    public sealed record Outcome(Patient? Registered, IReadOnlyList<FieldError> Errors, IReadOnlyList<Patient> Same);

    public async Task<Outcome> RegisterAsync(PatientForm form, DateOnly today, CancellationToken ct)
    {
        // Checked before anything is read or locked: most refusals are a typing error.
        if (form.Apply(new Patient(), today) is { Count: > 0 } errors)
        {
            return new(null, errors, []);
        }

        await using var write = await db.BeginWriteAsync(ct);
        var rules = await settings.GetAsync(ct: ct);
        // Two clicks on "Register" are two requests: the second waits here and then finds the first.
        await write.LockAsync($"register {form.LastName} {form.BirthDate}".ToLowerInvariant(), ct);
        var patient = new Patient
        {
            RecordNumber = (await db.NextRecordNumbersAsync(1, rules.RecordNumberPrefix, ct))[0],
            RegisteredAt = clock.GetUtcNow(),
        };
        form.Apply(patient, today);
        if (!form.Anyway && await SameAsync(patient, ct) is { Count: > 0 } same)
        {
            return new(null, [], same);
        }

        patient.ToFinish = Registration.Missing(patient, rules, today, guarantor: false);
        db.Add(patient);
        if (ExternalIds.Apply(form, patient.Id, [], db) is { Count: > 0 } wrong)
        {
            return new(null, wrong, []);
        }

        await db.SaveAndTellAsync(bus, [patient], today, ct);
        await write.CommitAsync(ct);
        return new(patient, [], []);
    }

    /// <summary>Records that look like this person, the likeliest first; the work list of duplicates judges by the same score.</summary>
    private async Task<List<Patient>> SameAsync(Patient patient, CancellationToken ct)
    {
        var row = JsonSerializer.Serialize(new
        {
            id = patient.Id, first_name = patient.FirstName, last_name = patient.LastName, middle_name = patient.MiddleName, preferred_name = patient.PreferredName,
            former_names = patient.FormerNames, suffix = patient.Suffix, birth_date = patient.BirthDate, sex = patient.Sex, ssn_last4 = patient.SsnLast4,
            mobile_phone = patient.MobilePhone, home_phone = patient.HomePhone, work_phone = patient.WorkPhone, email = patient.Email, zip = patient.Zip, address = patient.Address,
        });
        var like = await db.Database.SqlQuery<Guid>(
            $"select id as \"Value\" from patients.similar_to(jsonb_populate_record(null::patients.patients, {row}::jsonb), {Duplicate.Likely})").ToListAsync(ct);
        var found = like.Count == 0 ? [] : await db.Patients.AsNoTracking().Where(p => like.Contains(p.Id)).ToListAsync(ct);
        return [.. found.OrderBy(p => like.IndexOf(p.Id))];
    }
}
