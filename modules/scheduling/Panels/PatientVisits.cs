using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Panels;

/// <summary>Next and last visits of a patient, for the chart.</summary>
public sealed class PatientVisits(SchedulingDb db, Actor actor, TimeProvider clock) : ISlotPanel
{
    public sealed record Model(Guid PatientId, IReadOnlyList<Visit> Next, IReadOnlyList<Visit> Last, bool MayBook);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var visits = db.Visits.AsNoTracking().Where(v => v.PatientId == context.Id);
        var next = await visits.Where(v => v.EndsAt >= now && (v.Status == VisitStatus.Booked || v.Status == VisitStatus.Arrived)).OrderBy(v => v.StartsAt).Take(4).ToListAsync(ct);
        var last = await visits.Where(v => v.StartsAt < now && v.Status != VisitStatus.Booked && v.Status != VisitStatus.Arrived).OrderByDescending(v => v.StartsAt).Take(4).ToListAsync(ct);
        return new("Visits", "Panels/_PatientVisits", new Model(context.Id, next, last, actor.Can(SchedulingPermissions.Book)));
    }
}
