using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Minors;

namespace Modular.Patients.Retention;

/// <summary>How long a patient's records are kept: state law and payers differ, so the years are the practice's settings and the longest rule wins.</summary>
public static class RetentionRules
{
    /// <summary>The last day, counted from the last sign of the patient in any module; a minor's run from the age of majority.</summary>
    public static DateOnly KeptUntil(Patient patient, DateOnly lastSeen, PatientsSettings rules)
    {
        var fromLast = lastSeen.AddYears(rules.KeepYears);
        var fromMajority = AgeReview.Birthday(patient.BirthDate, rules.AdultAge).AddYears(rules.KeepMinorsYears);
        var minor = lastSeen < AgeReview.Birthday(patient.BirthDate, rules.AdultAge);
        return minor && fromMajority > fromLast ? fromMajority : fromLast;
    }

    public static async Task<DateOnly> KeptUntilAsync(PatientsDb db, Patient patient, PatientsSettings rules, CancellationToken ct)
    {
        var last = await db.Database.SqlQuery<DateOnly?>($"select core.patient_last_seen({patient.Id}) as \"Value\"").SingleAsync(ct);
        return KeptUntil(patient, last ?? DateOnly.FromDateTime(patient.RegisteredAt.UtcDateTime), rules);
    }
}
