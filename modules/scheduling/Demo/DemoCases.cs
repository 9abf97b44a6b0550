using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;

namespace Modular.Scheduling.Demo;

/// <summary>Whoever was hurt at work or on the road comes for it: their next visits are for the case.</summary>
public static class DemoCases
{
    public static async Task EnsureAsync(SchedulingDb db, DateTimeOffset now, CancellationToken ct)
    {
        var cases = await db.Cases.AsNoTracking().Where(c => !db.Visits.Any(v => v.CaseId == c.Id)).ToListAsync(ct);
        Guid[] hurt = [.. cases.Select(c => c.PatientId)];
        var since = now.AddDays(-1);
        var visits = (await db.Visits.Where(v => hurt.Contains(v.PatientId) && v.StartsAt > since && (v.Status == VisitStatus.Booked || v.Status == VisitStatus.Arrived))
            .OrderBy(v => v.StartsAt).ToListAsync(ct)).ToLookup(v => v.PatientId);
        foreach (var known in cases)
        {
            foreach (var visit in visits[known.PatientId].Take(2))
            {
                visit.Choose(known, null, now, "Paula Brandt");
            }
        }

        await db.SaveChangesAsync(ct);
    }
}
