using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>What notes for an employer or a school say of visits. Of one that did not take place and will not, there is nothing to say.</summary>
public sealed class WorkNotes(SchedulingDb db, TimeProvider clock) : ILetterSource
{
    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Visits.AsNoTracking().Where(v => v.StartsAt <= now && v.Status != VisitStatus.Canceled && v.Status != VisitStatus.NoShow)
            .OrderByDescending(v => v.StartsAt).Select(v => v.Id).Take(20).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var visits = await db.Visits.AsNoTracking()
            .Where(v => ids.Contains(v.Id) && v.Status != VisitStatus.Canceled && v.Status != VisitStatus.NoShow).ToListAsync(ct);
        return
        [
            .. visits.Select(v => new LetterRecord(v.Id, new()
            {
                ["today"] = WallTime.Today(clock, v.Zone),
                ["school"] = false,
                ["patient.name"] = PatientName.Read(v.PatientName),
                ["visit.came"] = v.ArrivedAt is not null,
                ["visit.day"] = v.Day,
                ["visit.from"] = At(v.ArrivedAt ?? v.StartsAt, v),
                ["visit.to"] = v.CheckedOutAt is { } left ? At(left, v) : null,
                ["provider"] = v.ProviderName,
            })
            {
                Label = v.LetterLabel, PatientId = v.PatientId, LocationId = v.LocationId,
            }),
        ];
    }

    private static TimeOnly At(DateTimeOffset instant, Visit visit) => TimeOnly.FromDateTime(WallTime.At(instant, visit.Zone).DateTime);
}
