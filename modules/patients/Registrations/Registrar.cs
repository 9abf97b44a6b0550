using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
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

        await db.SaveAndTellAsync(bus, [patient], ct);
        await write.CommitAsync(ct);
        return new(patient, [], []);
    }

    /// <summary>Patients born that day whose names hold this last name and start of first name, in whatever order, case or accent.</summary>
    private Task<List<Patient>> SameAsync(Patient patient, CancellationToken ct)
    {
        var first = patient.FirstName[..Math.Min(3, patient.FirstName.Length)];
        var query = Finding.PatientQuery.Parse($"{patient.LastName} {first}", patient.BirthDate);
        var words = query.Words;
        var rows = db.Patients.AsNoTracking().Where(p => p.BirthDate == patient.BirthDate);
        foreach (var word in words)
        {
            rows = rows.Where(p => EF.Functions.Like(p.FindNames, "% " + PatientsDb.Plain(word) + "%"));
        }

        return rows.OrderBy(p => p.SortName).Take(5).ToListAsync(ct);
    }
}
