using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>The first starts that fit, for the booking form: fetched again when the type, the provider or the day changes.</summary>
public sealed class FreeTimes(SchedulingDb db, Booking booking) : Slice
{
    /// <summary>Enough for the rest of a morning; more are a date away.</summary>
    public const int Shown = 12;

    [HttpGet("/scheduling/appointments/free")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get(Guid location, Guid? type, Guid? provider, DateOnly? date, CancellationToken ct)
    {
        if (booking.Place(location) is not { } where || await db.AppointmentTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Id == type && t.Active, ct) is not { } kind)
        {
            return NotFound();
        }

        var times = await FindAsync(booking, where, kind, provider, date, null, Clock.GetUtcNow(), ct);
        return Fragment("_Times", times with { Chosen = times.First });
    }

    /// <param name="after">Not before this start, when the person came from a gap of the day.</param>
    public static async Task<TimesModel> FindAsync(
        Booking booking, Location where, AppointmentType type, Guid? provider, DateOnly? date, DateTimeOffset? after, DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(WallTime.At(now, where.Zone).DateTime);
        var from = date is { } day && day > today ? day : today;
        var starts = await booking.FindAsync(where, type, provider, from, after > now ? after.Value : now, Shown * 4, ct);
        // Any provider: the time is offered once, whoever is free then.
        return new([.. starts.DistinctBy(s => s.Start).Take(Shown)], today, where.Zone);
    }
}

/// <param name="Chosen">The start that is marked, as its value in the form.</param>
/// <param name="Over">A start that is not free, for somebody who may book over it.</param>
public sealed record TimesModel(IReadOnlyList<FreeStart> Starts, DateOnly Today, string Zone, string? Chosen = null, DateTimeOffset? Over = null)
{
    public string? First => Starts is [var first, ..] ? first.Start.ToString("O") : null;

    /// <summary>9:20 am; in the hour that autumn repeats with the offset's name, so that the two differ.</summary>
    public string Say(FreeStart start)
    {
        var text = Said.Time(TimeOnly.FromDateTime(start.Start.DateTime));
        return WallTime.Find(Zone).IsAmbiguousTime(start.Start.DateTime) ? $"{text} (UTC{start.Start:zzz})" : text;
    }
}
