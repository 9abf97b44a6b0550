using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Api;

/// <summary>A time that can be booked.</summary>
public sealed record OpeningBody(
    [property: Description("On the wall of the location, with its offset.")] DateTimeOffset Start, Guid ProviderId, string ProviderName,
    [property: Description("The room it would take, when the type needs one.")] Guid? RoomId);

/// <summary>The first times that fit.</summary>
public sealed record Openings(IReadOnlyList<OpeningBody> Items);

/// <summary>Availability for programs: the one function that the booking form and the booking itself ask.</summary>
public sealed class OpeningsApi(SchedulingDb db, Booking booking) : ApiSlice
{
    private const int Most = 200;

    [HttpGet("/api/scheduling/openings")]
    [Needs(SchedulingPermissions.Book), Description("The first times that fit, over three weeks from a day.")]
    [ProducesResponseType<Openings>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(
        Guid location, Guid type, [Description("All who are free when left out.")] Guid? provider,
        [Description("First day, on the wall of the location; today when left out.")] DateOnly? from, [Description("1 to 200; 20 when left out.")] int? limit, CancellationToken ct)
    {
        if (booking.Place(location) is not { } where)
        {
            return Missing("There is no such location.");
        }

        if (await db.AppointmentTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Id == type && t.Active, ct) is not { } kind || !kind.MayBeBookedBy(Actor))
        {
            return Missing("There is no such type of visit.");
        }

        var (now, today) = (Clock.GetUtcNow(), WallTime.Today(Clock, where.Zone));
        var starts = await booking.FindAsync(where, kind, provider, from > today ? from.Value : today, now, Math.Clamp(limit ?? 20, 1, Most), ct);
        return Ok(new Openings([.. starts.Select(s => new OpeningBody(s.Start, s.ProviderId, s.ProviderName, s.RoomId))]));
    }
}
