using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Api;

/// <summary>Visits for programs: list, read, book. The booking is the page's own.</summary>
public sealed class AppointmentsApi(SchedulingDb db, Booking booking, IAccessLog log, IPractice practice) : ApiSlice
{
    private sealed record Place(DateTimeOffset Start, Guid Id);

    [HttpGet("/api/scheduling/appointments")]
    [Needs(SchedulingPermissions.Read), Description("Visits in the order of their start.")]
    [ProducesResponseType<ApiPage<AppointmentBody>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(
        ApiListQuery query, Guid? location, Guid? provider, [Patient("visits, to a program")] Guid? patient,
        [Description("First day, on the wall of the location, or of the practice when none is given.")] DateOnly? from,
        [Description("Last day, inclusive.")] DateOnly? to, CancellationToken ct)
    {
        if (location is { } place && booking.Place(place) is null)
        {
            return Missing("There is no such location.");
        }

        var zone = practice.ZoneOf(location);
        var (begins, ends) = (from is { } first ? WallTime.Day(first, zone).From : DateTimeOffset.MinValue, to is { } last ? WallTime.Day(last, zone).To : DateTimeOffset.MaxValue);
        var question = string.Create(CultureInfo.InvariantCulture, $"{location} {provider} {patient} {from:O} {to:O}");
        var after = HttpContext.Read<Place>(query, question);
        var (start, id) = (after?.Start ?? DateTimeOffset.MinValue, after?.Id ?? Guid.Empty);
        var rows = await db.Visits.AsNoTracking()
            .Where(v => (location == null || v.LocationId == location) && (provider == null || v.ProviderId == provider) && (patient == null || v.PatientId == patient))
            .Where(v => v.StartsAt >= begins && v.StartsAt < ends && (v.StartsAt > start || (v.StartsAt == start && v.Id > id)))
            .OrderBy(v => v.StartsAt).ThenBy(v => v.Id).Take(query.Take()).ToListAsync(ct);
        var page = HttpContext.Page(query, question, rows, v => new Place(v.StartsAt, v.Id), AppointmentBody.Of);
        log.Listed([.. page.Items.Select(v => v.PatientId).Distinct()], "visits, to a program");
        return Ok(page);
    }

    [HttpGet("/api/scheduling/appointments/{id:guid}")]
    [Needs(SchedulingPermissions.Read), Description("One visit.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status304NotModified), ProducesResponseType(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get([PatientOf<Visit>("visit, to a program")] Guid id, CancellationToken ct)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } visit)
        {
            return Missing();
        }

        return Shown(AppointmentBody.Of(visit), visit.Version);
    }

    [HttpPost("/api/scheduling/appointments")]
    [Needs(SchedulingPermissions.Book), Description("Books a visit. 409 when the time is not free, with the next that are.")]
    [ProducesResponseType<AppointmentBody>(StatusCodes.Status201Created), ProducesResponseType(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Book([FromBody] NewAppointment wanted, CancellationToken ct)
    {
        var result = await booking.BookAsync(
            new(Guid.CreateVersion7(), wanted.LocationId!.Value, wanted.PatientId!.Value, wanted.TypeId!.Value, wanted.ProviderId, wanted.Start!.Value,
                wanted.Note, wanted.OverbookReason, wanted.OverlapAccepted, wanted.CaseId), ct);
        if (result.Visit is not { } visit)
        {
            return BookingAnswers.Refused(result);
        }

        log.Viewed(visit.PatientId, "visit booked by a program");
        return Added($"/api/scheduling/appointments/{visit.Id}", AppointmentBody.Of(visit), visit.Version);
    }
}

/// <summary>A refused booking or move, in the words of the page.</summary>
public static class BookingAnswers
{
    public static ActionResult Refused(BookingResult result)
    {
        var refusal = result.Refusal!;
        var status = refusal.Outdated ? StatusCodes.Status412PreconditionFailed
            : refusal.MayOverbook || refusal.AtLimit || refusal.Field.Length == 0 ? StatusCodes.Status409Conflict
            : StatusCodes.Status422UnprocessableEntity;
        var next = result.Next is not { Count: > 0 } free ? null : new Dictionary<string, object?>
        {
            ["next"] = free.Select(f => new OpeningBody(f.Start, f.ProviderId, f.ProviderName, f.RoomId)),
        };
        var field = refusal.Field is "Case" ? "CaseId" : refusal.Field;
        return ApiProblem.Of(status, refusal.Sentence, new Dictionary<string, string[]> { [ApiProblem.Field(field)] = [refusal.Sentence] }, next);
    }
}
