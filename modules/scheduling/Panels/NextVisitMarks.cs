using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>The next visit beside each patient of a list.</summary>
public sealed class NextVisitMarks(SchedulingDb db, TimeProvider clock) : IListSlot
{
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var next = await db.Visits.AsNoTracking()
            .Where(v => ids.Contains(v.PatientId) && v.StartsAt >= now && v.Status == VisitStatus.Booked)
            .GroupBy(v => v.PatientId)
            .Select(g => g.OrderBy(v => v.StartsAt).First())
            .ToListAsync(ct);
        return next.ToDictionary(v => v.PatientId, IReadOnlyList<Mark> (v) =>
            [new(Said.Instant(v.StartsAt, v.Zone, now), "info", "calendar", $"{v.TypeName} with {v.ProviderName}")]);
    }
}
