using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Reactions;

/// <summary>What the schedule shows of a patient; owned by the patients module.</summary>
[NotLogged]
public sealed class KnownPatient : IOfPatient
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

    Guid? IOfPatient.PatientId => Id;

    /// <summary>"Kaur, Simran" is how the office sorts; the patient reads "Simran Kaur".</summary>
    public string ReadName => Name.Split(", ", 2) is [var last, var first] ? $"{first} {last}" : Name;

    /// <summary>For those outside, who do not know what a patient likes to be called: "Kaur, Simran (Sim)" is "Simran Kaur".</summary>
    public static string Read(string name) => name.Split(" (")[0].Trim() is var full && full.Split(", ", 2) is [var last, var first] ? $"{first} {last}" : full;

    public static string NameOf(PatientChanged p) =>
        p.PreferredName is { Length: > 0 } preferred && preferred != p.FirstName
            ? $"{p.LastName}, {p.FirstName} ({preferred})"
            : $"{p.LastName}, {p.FirstName}";

    /// <summary>Takes the states over unless later ones are known, in one statement however many they are; the names on the patients' visits follow.</summary>
    public static Task<int> UpsertAsync(SchedulingDb db, IEnumerable<PatientChanged> told, CancellationToken ct)
    {
        PatientChanged[] patients = [.. told.GroupBy(p => p.PatientId).Select(of => of.MaxBy(p => p.Version)!)];
        return db.Database.ExecuteSqlAsync($"""
            with newer as (
                insert into scheduling.patients (id, version, record_number, name, birth_date, sex, phone, restricted, active, language, find)
                select id, version, record_number, name, birth_date, sex, phone, restricted, active, language, ' ' || lower(public.unaccent(words))
                from unnest({patients.Select(p => p.PatientId).ToArray()}, {patients.Select(p => p.Version).ToArray()}, {patients.Select(p => p.RecordNumber).ToArray()},
                        {patients.Select(NameOf).ToArray()}, {patients.Select(p => p.BirthDate).ToArray()}, {patients.Select(p => p.Sex).ToArray()},
                        {patients.Select(p => p.Phone).ToArray()}, {patients.Select(p => p.Restricted).ToArray()}, {patients.Select(p => p.Active).ToArray()},
                        {patients.Select(p => p.Language).ToArray()}, {patients.Select(WordsOf).ToArray()})
                    as told (id, version, record_number, name, birth_date, sex, phone, restricted, active, language, words)
                on conflict (id) do update set
                    version = excluded.version, record_number = excluded.record_number, name = excluded.name, birth_date = excluded.birth_date,
                    sex = excluded.sex, phone = excluded.phone, restricted = excluded.restricted, active = excluded.active, language = excluded.language, find = excluded.find
                where excluded.version > patients.version
                returning id, name)
            update scheduling.visits set patient_name = newer.name from newer where patient_id = newer.id and patient_name <> newer.name
            """, ct);
    }

    private static string WordsOf(PatientChanged p) =>
        $"{p.LastName} {p.FirstName} {p.PreferredName} {p.RecordNumber} {string.Concat((p.Phone ?? "").Where(char.IsAsciiDigit))}";
}

public static class PatientChangedHandler
{
    public static Task Handle(IReadOnlyList<PatientChanged> messages, SchedulingDb db, CancellationToken ct) => KnownPatient.UpsertAsync(db, messages, ct);
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

        await KnownPatient.UpsertAsync(db, [told], ct);
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
