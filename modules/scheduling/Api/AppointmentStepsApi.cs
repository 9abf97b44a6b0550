using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Api;

/// <summary>What becomes of a visit, for programs: moved, confirmed, canceled, arrived, checked out, did not come. Each names the version it was decided on.</summary>
public sealed class AppointmentStepsApi(SchedulingDb db, VisitDesk desk, Moving moving) : ApiSlice
{
    [HttpPost("/api/scheduling/appointments/{id:guid}/move")]
    [Needs(SchedulingPermissions.Book), Description("Moves a visit to another time, provider or place.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public async Task<IActionResult> Move([PatientOf<Visit>("visit changed by a program")] Guid id, [FromBody] NewPlace wanted, CancellationToken ct)
    {
        if (IfMatch is not { } version)
        {
            return VersionNeeded();
        }

        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return Missing();
        }

        var result = await moving.MoveAsync(
            new(id, version, wanted.LocationId ?? visit.LocationId, wanted.AnyProvider ? null : wanted.ProviderId ?? visit.ProviderId, wanted.Start!.Value, wanted.Why!, wanted.PatientTold,
                wanted.OverbookReason, wanted.OverlapAccepted), ct);
        return result.Visit is { } moved ? Taken(moved) : BookingAnswers.Refused(result);
    }

    [HttpPost("/api/scheduling/appointments/{id:guid}/cancel")]
    [Needs(SchedulingPermissions.Book), Description("Cancels a booked visit; its time is free at once.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> Cancel([PatientOf<Visit>("visit changed by a program")] Guid id, [FromBody] Cancellation cancellation, CancellationToken ct) =>
        TakeAsync(id, WantedStep.Cancel(cancellation.Reason!.Trim(), cancellation.PatientTold, Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/confirm")]
    [Needs(SchedulingPermissions.Book), Description("The patient said that they will come.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> Confirm([PatientOf<Visit>("visit changed by a program")] Guid id, CancellationToken ct) => TakeAsync(id, WantedStep.Confirm(Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/arrive")]
    [Needs(SchedulingPermissions.CheckIn), Description("The patient is here.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> Arrive([PatientOf<Visit>("visit changed by a program")] Guid id, CancellationToken ct) => TakeAsync(id, WantedStep.Arrive(Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/check-out")]
    [Needs(SchedulingPermissions.CheckIn), Description("The patient leaves; what the visit was goes to whoever bills it.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> CheckOut([PatientOf<Visit>("visit changed by a program")] Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] Departure? departure, CancellationToken ct) =>
        TakeAsync(id, WantedStep.CheckOut(departure?.Outcome, departure?.NoCharge, Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/no-show")]
    [Needs(SchedulingPermissions.CheckIn), Description("The patient did not come; the time stays theirs.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> NoShow([PatientOf<Visit>("visit changed by a program")] Guid id, CancellationToken ct) => TakeAsync(id, WantedStep.NoShow(Actor.Name), ct);

    private async Task<IActionResult> TakeAsync(Guid id, WantedStep step, CancellationToken ct)
    {
        if (IfMatch is not { } version)
        {
            return VersionNeeded();
        }

        var result = await desk.TakeAsync(id, version, step, ct);
        return result.Visit is not { } visit ? Missing()
            : result.Outdated ? Outdated(result.Refusal!)
            : result.Refusal is { } sentence ? Refused(StatusCodes.Status409Conflict, sentence)
            : Taken(visit);
    }

    private ActionResult Taken(Visit visit)
    {
        return Shown(AppointmentBody.Of(visit), visit.Version);
    }
}
