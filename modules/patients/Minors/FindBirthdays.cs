using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Minors;

/// <summary>Asks for patients who reached an age at which the law or the practice changes who decides.</summary>
[Message("patients.find-birthdays.v1")]
public sealed record FindBirthdays;

public static class FindBirthdaysHandler
{
    /// <summary>A night that was missed is made up for; who was that old long before they came here is not asked about.</summary>
    private const int LookBackDays = 31;

    public static async Task Handle(FindBirthdays message, PatientsDb db, ISettings<PatientsSettings> settings, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var rules = await settings.GetAsync(ct: ct);
        var today = WallTime.Today(clock, practice.Zone);
        foreach (var age in new[] { rules.TeenAge, rules.AdultAge }.Where(a => a > 0).Distinct())
        {
            var (from, to) = (today.AddDays(-LookBackDays).AddYears(-age).AddDays(-1), today.AddYears(-age));
            var reached = await db.Patients.AsNoTracking()
                .Where(p => p.BirthDate >= from && p.BirthDate <= to && p.DeceasedOn == null && !db.AgeReviews.Any(r => r.PatientId == p.Id && r.Age == age))
                .ToListAsync(ct);
            foreach (var p in reached)
            {
                var day = AgeReview.Birthday(p.BirthDate, age);
                // Registered at that age or older: there is nothing to change.
                if (day <= today && DateOnly.FromDateTime(WallTime.At(p.RegisteredAt, practice.Zone).DateTime) < day)
                {
                    db.Add(new AgeReview { PatientId = p.Id, Age = age, ReachedOn = day, Patient = p.FullName, Adult = age == rules.AdultAge });
                }
            }
        }

        await db.SaveChangesAsync(ct);
    }
}
