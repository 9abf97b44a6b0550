using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>What exists, for modules that are enabled later: each visit as it stands, whatever its status, from the chosen day on.</summary>
public sealed class VisitSnapshot(SchedulingDb db, IPractice practice) : ISnapshot<AppointmentBooked>
{
    public async Task<IReadOnlyList<SnapshotRow<AppointmentBooked>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var visits = db.Visits.AsNoTracking().Where(v => after == null || v.Id > after);
        if (from is { } day)
        {
            var since = WallTime.Day(day, practice.Zone).From;
            visits = visits.Where(v => v.StartsAt >= since);
        }

        var page = await visits.OrderBy(v => v.Id).Take(take).ToListAsync(ct);
        return [.. page.Select(v => new SnapshotRow<AppointmentBooked>(v.Id, new(v.State())))];
    }
}
