using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Appointments;

/// <summary>One visit: what it is, where it stands, and the next step.</summary>
public sealed class Appointment(SchedulingDb db) : Slice
{
    public sealed record Model(Visit Visit, string? Equipment, KnownRoom? Room, KnownCase? Case, bool HasCases, string Location, bool IsToday, bool Begun, bool MayBook, bool MayCheckIn)
    {
        public string At => $"/scheduling/appointments/{Visit.Id}";
    }

    [HttpGet("/scheduling/appointments/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("visit")] Guid id, [FromServices] IPractice practice, [FromServices] VisitCases cases, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().Include(v => v.Changes).FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return NotFound();
        }

        var room = visit.RoomId is { } r ? await db.Rooms.AsNoTracking().FirstOrDefaultAsync(x => x.Id == r, ct) : null;
        var equipment = visit.EquipmentId is { } e ? await db.Equipment.Where(x => x.Id == e).Select(x => x.Name).FirstOrDefaultAsync(ct) : null;
        return Page(new Model(
            visit, equipment, room, await cases.FindAsync(visit.CaseId, ct), (await cases.OpenAsync(visit.PatientId, visit.Day, ct)).Count > 0, practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Name ?? "",
            WallTime.Today(Clock, visit.Zone) == visit.Day, visit.StartsAt <= Clock.GetUtcNow(),
            Actor.Can(SchedulingPermissions.Book), Actor.Can(SchedulingPermissions.CheckIn)));
    }
}
