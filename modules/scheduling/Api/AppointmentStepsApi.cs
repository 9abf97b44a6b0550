using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Api;

/// <summary>What becomes of a visit, for programs: moved, confirmed, canceled, arrived, checked out, did not come. Each names the version it was decided on.</summary>
public sealed class AppointmentStepsApi(SchedulingDb db, VisitSteps steps, Moving moving) : ApiSlice
{
    [HttpPost("/api/scheduling/appointments/{id:guid}/move")]
    [Needs("scheduling.visit.book"), Description("Moves a visit to another time, provider or place.")]
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
    [Needs("scheduling.visit.book"), Description("Cancels a booked visit; its time is free at once.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> Cancel([PatientOf<Visit>("visit changed by a program")] Guid id, [FromBody] Cancellation cancellation, CancellationToken ct) =>
        TakeAsync(id, Step.Cancel(cancellation.Reason!.Trim(), cancellation.PatientTold, Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/confirm")]
    [Needs("scheduling.visit.book"), Description("The patient said that they will come.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> Confirm([PatientOf<Visit>("visit changed by a program")] Guid id, CancellationToken ct) => TakeAsync(id, Step.Confirm(Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/arrive")]
    [Needs("scheduling.visit.check-in"), Description("The patient is here.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> Arrive([PatientOf<Visit>("visit changed by a program")] Guid id, CancellationToken ct) => TakeAsync(id, Step.Arrive(Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/check-out")]
    [Needs("scheduling.visit.check-in"), Description("The patient leaves; what the visit was goes to whoever bills it.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> CheckOut([PatientOf<Visit>("visit changed by a program")] Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] Departure? departure, CancellationToken ct) =>
        TakeAsync(id, Step.CheckOut(departure?.Outcome, departure?.NoCharge, Actor.Name), ct);

    [HttpPost("/api/scheduling/appointments/{id:guid}/no-show")]
    [Needs("scheduling.visit.check-in"), Description("The patient did not come; the time stays theirs.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public Task<IActionResult> NoShow([PatientOf<Visit>("visit changed by a program")] Guid id, CancellationToken ct) => TakeAsync(id, Step.NoShow(Actor.Name), ct);

    private async Task<IActionResult> TakeAsync(Guid id, Step step, CancellationToken ct)
    {
        if (IfMatch is not { } version)
        {
            return VersionNeeded();
        }

        var result = await steps.TakeAsync(id, version, step, ct);
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
