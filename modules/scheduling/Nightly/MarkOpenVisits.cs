using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Nightly;

/// <summary>Asks for visits of past days that nobody closed to be put into the task inbox.</summary>
[Message("scheduling.mark-open-visits.v1")]
public sealed record MarkOpenVisits;

public static class MarkOpenVisitsHandler
{
    /// <summary>A visit is of a past day when midnight at its location has passed, whatever the practice's own zone says.</summary>
    public static async Task Handle(MarkOpenVisits message, SchedulingDb db, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        foreach (var location in practice.Locations)
        {
            var today = WallTime.Day(WallTime.Today(clock, location.Zone), location.Zone).From;
            var open = await db.Visits
                .Where(v => v.LocationId == location.Id && v.EndsAt < today && !v.LeftOpen && (v.Status == VisitStatus.Booked || v.Status == VisitStatus.Arrived))
                .ToListAsync(ct);
            open.ForEach(v => v.LeftOpen = true);
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>What the inbox asks for.</summary>
    public static TaskEntry? Task(Visit visit) => !visit.LeftOpen ? null : new(
        visit.Status == VisitStatus.Arrived ? $"Check out {visit.PatientName}, left open {visit.Local:MMM d}" : $"Say what became of {visit.PatientName}'s visit on {visit.Local:MMM d}",
        $"/scheduling/appointments/{visit.Id}",
        SchedulingPermissions.CheckIn,
        Due: visit.EndsAt.AddDays(1),
        Role: Roles.FrontDesk,
        LocationId: visit.LocationId,
        PatientId: visit.PatientId);
}
