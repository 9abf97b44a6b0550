using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>What appointment cards say: the visit, or the patient's next one when this one is over or canceled.</summary>
public sealed class AppointmentCards(SchedulingDb db, PatientLookup patients, IPractice practice, TimeProvider clock) : ILetterSource
{
    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await db.Visits.AsNoTracking().Where(v => v.Status == VisitStatus.Booked).OrderByDescending(v => v.BookedAt)
            .Select(v => v.Id).Take(20).ToListAsync(ct);

    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var visits = await db.Visits.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        Guid[] past = [.. visits.Where(v => !IsToCome(v, now)).Select(v => v.PatientId).Distinct()];
        var next = (await db.Visits.AsNoTracking()
            .Where(v => past.Contains(v.PatientId) && v.StartsAt > now && v.Status == VisitStatus.Booked).ToListAsync(ct)).ToLookup(v => v.PatientId);
        var known = await patients.FindAsync([.. visits.Select(v => v.PatientId).Distinct()], ct);
        return
        [
            .. from visit in visits
               let shown = IsToCome(visit, now) ? visit : next[visit.PatientId].MinBy(n => n.StartsAt)
               select Card(visit, shown, known.GetValueOrDefault(visit.PatientId)),
        ];
    }

    private static bool IsToCome(Visit visit, DateTimeOffset now) => visit.Status == VisitStatus.Booked && visit.StartsAt > now;

    private LetterRecord Card(Visit asked, Visit? shown, KnownPatient? patient)
    {
        var place = practice.Locations.FirstOrDefault(l => l.Id == (shown ?? asked).LocationId);
        return new(asked.Id, new()
        {
            ["practice"] = practice.Name,
            ["patient.name"] = patient?.ReadName ?? asked.PatientName,
            ["visit.day"] = shown?.Day,
            ["visit.at"] = shown is null ? null : TimeOnly.FromDateTime(shown.Local.DateTime),
            ["visit.minutes"] = shown?.Minutes,
            ["visit.type"] = shown?.TypeName,
            ["visit.provider"] = shown?.ProviderName,
            ["place.name"] = place?.Name,
            ["place.address"] = place?.Address,
            ["place.phone"] = place?.Phone,
        })
        {
            Label = asked.LetterLabel, PatientId = asked.PatientId, LocationId = place?.Id, Language = patient?.Language,
        };
    }
}
