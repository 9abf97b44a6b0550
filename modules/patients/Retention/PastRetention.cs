using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <param name="LastSeen">The last sign of the patient in any module.</param>
/// <param name="KeptUntil">The last day the practice's rules keep the record.</param>
public sealed record PastRecord(Patient Patient, DateOnly LastSeen, DateOnly KeptUntil);

/// <summary>Records whose period is over, the longest first. Nothing here erases: each is reviewed and erased on its own page.</summary>
public static class PastRetention
{
    /// <returns>Without those on hold, and how many those are.</returns>
    public static async Task<(IReadOnlyList<PastRecord> Past, int Held)> ReadAsync(PatientsDb db, PatientsSettings rules, DateOnly today, CancellationToken ct)
    {
        // Nobody's period is shorter than the years after the last visit; the rule of minors only makes it longer.
        var before = today.AddYears(-rules.KeepYears);
        var seen = await db.Database.SqlQuery<Seen>($"""
            select p.id as "Id", coalesce(s.last_seen, p.registered_at::date) as "Last" from patients.patients p
            left join core.patients_last_seen() s on s.patient_id = p.id
            where p.merged_into is null and coalesce(s.last_seen, p.registered_at::date) < {before}
            """).ToDictionaryAsync(s => s.Id, s => s.Last, ct);
        Guid[] ids = [.. seen.Keys];
        var over = (await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct))
            .Select(p => new PastRecord(p, seen[p.Id], RetentionRules.KeptUntil(p, seen[p.Id], rules)))
            .Where(r => r.KeptUntil < today).ToLookup(r => r.Patient.LegalHold is not null);
        return ([.. over[false].OrderBy(r => r.KeptUntil).ThenBy(r => r.Patient.LastName, StringComparer.Ordinal).ThenBy(r => r.Patient.Id)], over[true].Count());
    }

    private sealed record Seen(Guid Id, DateOnly Last);
}
