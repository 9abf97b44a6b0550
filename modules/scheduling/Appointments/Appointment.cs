using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>One visit: what it is, where it stands, and the next step.</summary>
public sealed class Appointment(SchedulingDb db, IAccessLog log) : Slice
{
    public sealed record Model(Visit Visit, Room? Room, string Location, bool IsToday, bool Begun, bool MayBook, bool MayCheckIn)
    {
        public string At => $"/scheduling/appointments/{Visit.Id}";

        /// <summary>What happened to it so far, latest first.</summary>
        public IEnumerable<(string What, string Tone, string Icon, DateTimeOffset When, string Who)> Steps()
        {
            if (Visit is { EndedAt: { } ended, EndedBy: { } endedBy })
            {
                yield return (Visit.Status == VisitStatus.Canceled ? $"Canceled: {Visit.Reason}" : "Did not come", "bad", "x", ended, endedBy);
            }

            if (Visit is { CheckedOutAt: { } left, CheckedOutBy: { } leftBy })
            {
                yield return ("Checked out", "", "log-out", left, leftBy);
            }

            if (Visit is { ArrivedAt: { } came, ArrivedBy: { } cameBy })
            {
                yield return ("Arrived", "ok", "log-in", came, cameBy);
            }

            yield return (Visit.Overbooked ? $"Booked over: {Visit.OverbookReason}" : "Booked", "info", "calendar", Visit.BookedAt, Visit.BookedBy);
        }
    }

    [HttpGet("/scheduling/appointments/{id:guid}")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get(Guid id, [FromServices] IPractice practice, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var room = visit.RoomId is { } r ? await db.Rooms.AsNoTracking().FirstOrDefaultAsync(x => x.Id == r, ct) : null;
        log.Viewed(visit.PatientId, "visit");
        return Page(new Model(
            visit, room, practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Name ?? "",
            WallTime.Today(Clock, visit.Zone) == visit.Day, visit.StartsAt <= Clock.GetUtcNow(),
            Actor.Can("scheduling.visit.book"), Actor.Can("scheduling.visit.check-in")));
    }
}
