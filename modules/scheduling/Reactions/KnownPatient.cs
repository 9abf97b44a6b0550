using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Reactions;

/// <summary>What the schedule shows of a patient; owned by the patients module.</summary>
public sealed class KnownPatient
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string RecordNumber { get; init; }
    public required string Name { get; init; }
    public DateOnly BirthDate { get; init; }
    public required string Sex { get; init; }
    public string? Phone { get; init; }
    public bool Restricted { get; init; }
    public bool Active { get; init; }

    /// <summary>ISO 639-1.</summary>
    public string Language { get; init; } = "en";

    public static string NameOf(PatientChanged p) =>
        p.PreferredName is { Length: > 0 } preferred && preferred != p.FirstName
            ? $"{p.LastName}, {p.FirstName} ({preferred})"
            : $"{p.LastName}, {p.FirstName}";

    /// <summary>Takes the state over unless a later one is known; the name on the patient's visits follows.</summary>
    public static Task<int> UpsertAsync(SchedulingDb db, PatientChanged p, CancellationToken ct)
    {
        var name = NameOf(p);
        var digits = string.Concat((p.Phone ?? "").Where(char.IsAsciiDigit));
        var words = $"{p.LastName} {p.FirstName} {p.PreferredName} {p.RecordNumber} {digits}";
        return db.Database.ExecuteSqlAsync($"""
            with newer as (
                insert into scheduling.patients (id, version, record_number, name, birth_date, sex, phone, restricted, active, language, find)
                values ({p.PatientId}, {p.Version}, {p.RecordNumber}, {name}, {p.BirthDate}, {p.Sex}, {p.Phone}, {p.Restricted}, {p.Active}, {p.Language},
                    ' ' || lower(public.unaccent({words})))
                on conflict (id) do update set
                    version = excluded.version, record_number = excluded.record_number, name = excluded.name, birth_date = excluded.birth_date,
                    sex = excluded.sex, phone = excluded.phone, restricted = excluded.restricted, active = excluded.active, language = excluded.language, find = excluded.find
                where excluded.version > patients.version
                returning id)
            update scheduling.visits set patient_name = {name} from newer where patient_id = newer.id and patient_name <> {name}
            """, ct);
    }
}

public static class PatientChangedHandler
{
    public static Task Handle(PatientChanged message, SchedulingDb db, CancellationToken ct) => KnownPatient.UpsertAsync(db, message, ct);
}

/// <summary>Finds patients among those known here, and asks the owner for one that has not been told of yet.</summary>
public sealed class PatientLookup(SchedulingDb db, IMessageBus bus)
{
    public async Task<KnownPatient?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is { } known)
        {
            return known;
        }

        var found = await bus.InvokeAsync<PatientsFound>(new FindPatients([id]), ct);
        if (found?.Patients.FirstOrDefault(p => p.PatientId == id) is not { } told)
        {
            return null;
        }

        await KnownPatient.UpsertAsync(db, told, ct);
        return await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);
    }
}

public static class PatientRemovedHandler
{
    /// <summary>A patient with visits stays known: the visits name them.</summary>
    public static async Task Handle(PatientRemoved message, SchedulingDb db, CancellationToken ct)
    {
        await db.Cases.Where(c => c.PatientId == message.PatientId && !db.Visits.Any(v => v.PatientId == message.PatientId)).ExecuteDeleteAsync(ct);
        await db.Patients.Where(p => p.Id == message.PatientId && !db.Visits.Any(v => v.PatientId == p.Id)).ExecuteDeleteAsync(ct);
    }
}
