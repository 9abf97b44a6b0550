using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>Who comes next, and who is late.</summary>
public sealed class NextArrivals(SchedulingDb db, ChosenLocation place, ISettings<SchedulingSettings> settings, IAccessLog log, TimeProvider clock) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        if (place.Location is not { } where)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var late = now.AddMinutes(-(await settings.GetAsync(where.Id, ct)).LateAfterMinutes);
        var expected = db.Today(where, clock).Where(v => v.Status == VisitStatus.Booked);
        var lateCount = await expected.CountAsync(v => v.StartsAt <= late, ct);
        var next = await expected.Where(v => v.StartsAt > late).OrderBy(v => v.StartsAt).Take(5).ToListAsync(ct);
        log.Listed([.. next.Select(v => v.PatientId).Distinct()], "Next arrivals");
        return new(
            Said.Count(lateCount), "late today", $"/scheduling/days?location={where.Id}&show=late", lateCount > 0 ? "warn" : "ok",
            [.. next.Select(v => new WidgetLine($"{Said.Time(TimeOnly.FromDateTime(v.Local.DateTime))} {v.PatientName}", $"/scheduling/appointments/{v.Id}", v.ProviderName))]);
    }
}
