using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Messages;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Appointments;

/// <summary>A patient who is here goes a step on: into a room, to the provider, to check-out.</summary>
public sealed class FlowSteps(SchedulingDb db, VisitDesk desk) : VisitStep(db, desk)
{
    /// <param name="room">Null: the one booked, or else the first that nobody is in.</param>
    [HttpPost("/scheduling/appointments/{id:guid}/room")]
    [Needs(SchedulingPermissions.CheckIn)]
    public async Task<IActionResult> Room([PatientOf<Visit>("visit")] Guid id, int version, Guid? room, CancellationToken ct)
    {
        if (await Db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } seen || await FreeRoomAsync(seen, room, ct) is not { } free)
        {
            return await TakeAsync(id, version, VisitSteps.Room, (_, _) => "Every room is taken. Ask who can leave theirs.", null, _ => "", ct);
        }

        return await TakeAsync(id, version, VisitSteps.Room, (visit, now) => visit.PutInRoom(free.Id, free.Name, now, Actor.Name), Told, visit => $"{visit.PatientName} is in {free.Name}", ct);
    }

    [HttpPost("/scheduling/appointments/{id:guid}/see")]
    [Needs(SchedulingPermissions.CheckIn)]
    public Task<IActionResult> See([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) =>
        TakeAsync(id, version, VisitSteps.See, (visit, now) => visit.See(now, Actor.Name), Told, visit => $"{visit.PatientName} is with {visit.ProviderName}", ct);

    [HttpPost("/scheduling/appointments/{id:guid}/finish")]
    [Needs(SchedulingPermissions.CheckIn)]
    public Task<IActionResult> Finish([PatientOf<Visit>("visit")] Guid id, int version, CancellationToken ct) =>
        TakeAsync(id, version, VisitSteps.Finish, (visit, now) => visit.Finish(now, Actor.Name), Told, visit => $"{visit.PatientName} is ready for check-out", ct);

    private static object Told(Visit visit, DateTimeOffset now) => new StageChanged(visit.State(), visit.Stage.Text(), visit.InRoomId, now);

    private async Task<KnownRoom?> FreeRoomAsync(Visit visit, Guid? wanted, CancellationToken ct)
    {
        var rooms = await Db.Rooms.AsNoTracking().Where(r => r.LocationId == visit.LocationId && r.Active).OrderBy(r => r.Name).ToListAsync(ct);
        if (wanted is { } one)
        {
            return rooms.FirstOrDefault(r => r.Id == one);
        }

        var taken = await Db.InRooms(visit.LocationId).Where(v => v.Id != visit.Id)
            .Select(v => v.InRoomId!.Value).ToListAsync(ct);
        return rooms.Where(r => !taken.Contains(r.Id)).OrderBy(r => r.Id != visit.RoomId).FirstOrDefault();
    }
}

public static class RoomsInUse
{
    /// <summary>Whoever is in a room, shut chart or not; a patient at check-out has left it.</summary>
    public static IQueryable<Visit> InRooms(this SchedulingDb db, Guid location) =>
        db.Visits.WithShut().Where(v => v.LocationId == location && v.Status == VisitStatus.Arrived && v.InRoomId != null && v.FinishedAt == null);
}
