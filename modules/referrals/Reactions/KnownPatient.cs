using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Referrals.Reactions;

/// <summary>What this module shows of a patient; the patients module owns it and logged the change already.</summary>
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

    Guid? IOfPatient.PatientId => Id;

    /// <summary>"Kaur, Simran" is how the office sorts; the specialist reads "Simran Kaur".</summary>
    public string ReadName => Name.Split(" (")[0].Split(", ", 2) is [var last, var first] ? $"{first} {last}" : Name;

    public static string NameOf(PatientChanged p) =>
        p.PreferredName is { Length: > 0 } preferred && preferred != p.FirstName
            ? $"{p.LastName}, {p.FirstName} ({preferred})"
            : $"{p.LastName}, {p.FirstName}";

    /// <summary>
    /// Takes the states over unless later ones are known, in one statement however many they are; the names on the patients' referrals
    /// follow. A message that is late or comes twice changes nothing.
    /// </summary>
    public static Task UpsertAsync(ReferralsDb db, IReadOnlyList<PatientChanged> messages, CancellationToken ct)
    {
        PatientChanged[] told = [.. messages.GroupBy(p => p.PatientId).Select(of => of.MaxBy(p => p.Version)!)];
        return db.Database.ExecuteSqlAsync($"""
            with newer as (
                insert into referrals.patients as known (id, version, record_number, name, birth_date, sex, phone, restricted, active, find)
                select id, version, record_number, name, birth_date, sex, phone, restricted, active, ' ' || lower(public.unaccent(words))
                from unnest({told.Select(p => p.PatientId).ToArray()}, {told.Select(p => p.Version).ToArray()}, {told.Select(p => p.RecordNumber).ToArray()},
                        {told.Select(NameOf).ToArray()}, {told.Select(p => p.BirthDate).ToArray()}, {told.Select(p => p.Sex).ToArray()},
                        {told.Select(p => p.Phone).ToArray()}, {told.Select(p => p.Restricted).ToArray()}, {told.Select(p => p.Active).ToArray()}, {told.Select(WordsOf).ToArray()})
                    as told (id, version, record_number, name, birth_date, sex, phone, restricted, active, words)
                on conflict (id) do update set
                    version = excluded.version, record_number = excluded.record_number, name = excluded.name, birth_date = excluded.birth_date,
                    sex = excluded.sex, phone = excluded.phone, restricted = excluded.restricted, active = excluded.active, find = excluded.find
                where excluded.version > known.version
                returning id, name)
            update referrals.referrals set patient_name = newer.name from newer where patient_id = newer.id and patient_name <> newer.name
            """, ct);
    }

    private static string WordsOf(PatientChanged p) =>
        $"{p.LastName} {p.FirstName} {p.PreferredName} {p.RecordNumber} {string.Concat((p.Phone ?? "").Where(char.IsAsciiDigit))}";
}

public static class PatientChangedHandler
{
    public static Task HandleAsync(IReadOnlyList<PatientChanged> messages, ReferralsDb db, CancellationToken ct) => KnownPatient.UpsertAsync(db, messages, ct);
}

public static class PatientRemovedHandler
{
    /// <summary>A patient with referrals stays known: the referrals name them.</summary>
    public static async Task HandleAsync(PatientRemoved message, ReferralsDb db, CancellationToken ct)
    {
        var gone = message.PatientId;
        await db.Coverages.Where(c => c.PatientId == gone && !db.Referrals.Any(r => r.PatientId == gone)).ExecuteDeleteAsync(ct);
        await db.Cases.Where(c => c.PatientId == gone && !db.Referrals.Any(r => r.PatientId == gone)).ExecuteDeleteAsync(ct);
        await db.Patients.Where(p => p.Id == gone && !db.Referrals.Any(r => r.PatientId == gone)).ExecuteDeleteAsync(ct);
    }
}

/// <summary>The host moved the referrals; here follow the names on them, and that the record that is gone is no longer offered.</summary>
public static class PatientsMergedHandler
{
    public static Task HandleAsync(PatientsMerged message, ReferralsDb db, CancellationToken ct)
    {
        Guid[] both = [message.KeptId, message.GoneId];
        return db.Database.ExecuteSqlAsync($"""
            with gone as (update referrals.patients set active = {message.Undone} where id = {message.GoneId})
            update referrals.referrals r set patient_name = p.name from referrals.patients p
            where p.id = r.patient_id and r.patient_id = any({both}) and r.patient_name <> p.name
            """, ct);
    }
}
