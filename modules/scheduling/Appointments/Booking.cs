using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Openings;
using Modular.Scheduling.Messages;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Appointments;

/// <param name="Key">The same key twice is the same visit.</param>
/// <param name="ProviderId">Null: any provider who is free.</param>
/// <param name="OverbookReason">Why the visit is booked although the time is not free; needs the permission.</param>
/// <param name="OverlapAccepted">The person saw that the patient has another visit then.</param>
public sealed record BookingRequest(
    Guid Key,
    Guid LocationId,
    Guid PatientId,
    Guid TypeId,
    Guid? ProviderId,
    DateTimeOffset Start,
    string? Note = null,
    string? OverbookReason = null,
    bool OverlapAccepted = false);

/// <param name="Visit">Null when refused.</param>
/// <param name="Refusal">Field and sentence.</param>
/// <param name="Next">Free starts to offer instead.</param>
public sealed record BookingResult(Visit? Visit, BookingRefusal? Refusal = null, IReadOnlyList<FreeStart>? Next = null);

public sealed record BookingRefusal(string Field, string Sentence, bool MayOverbook = false, bool MayAcceptOverlap = false);

/// <summary>
/// Books a visit: lock, check, insert, in one transaction without any call elsewhere. The database's exclusion constraints are
/// the last word; whoever loses is told what is free next.
/// </summary>
public sealed class Booking(
    SchedulingDb db, ScheduleReader reader, PatientLookup patients, ISettings<SchedulingSettings> settings,
    IMessageBus bus, ILive live, IPractice practice, Actor actor, TimeProvider clock)
{
    public const string OverbookPermission = "scheduling.visit.overbook";

    public async Task<BookingResult> BookAsync(BookingRequest ask, CancellationToken ct)
    {
        if (Place(ask.LocationId) is not { } location)
        {
            return Refused(nameof(ask.LocationId), "Choose one of your locations.");
        }

        var type = await db.AppointmentTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Id == ask.TypeId && t.Active, ct);
        if (type is null || !type.MayBeBookedBy(actor))
        {
            return Refused(nameof(ask.TypeId), type is null ? "Choose what the visit is for." : $"“{type.Name}” is not booked by your role.");
        }

        if (await patients.FindAsync(ask.PatientId, ct) is not { Active: true } patient)
        {
            return Refused(nameof(ask.PatientId), "Choose a patient from the list.");
        }

        if (WallTime.At(ask.Start, location.Zone).Date < WallTime.At(clock.GetUtcNow(), location.Zone).Date)
        {
            return Refused(nameof(ask.Start), "This day is over. Choose today or later.");
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await TryAsync(ask, location, type, patient, ct);
                return result.Refusal?.MayOverbook == true ? result with { Next = await NextAsync(ask, location, type, ct) } : result;
            }
            catch (Exception e) when (IsCollision(e))
            {
                // Somebody who holds other locks got in between; the next look sees their visit.
                db.ChangeTracker.Clear();
                if (attempt == 3)
                {
                    return Refused("", "Several people are booking this time at once. Try again.");
                }
            }
        }
    }

    /// <summary>The next starts that fit, over the coming three weeks.</summary>
    public async Task<IReadOnlyList<FreeStart>> FindAsync(Location location, AppointmentType type, Guid? provider, DateOnly from, DateTimeOffset notBefore, int take, CancellationToken ct)
    {
        var step = (await settings.GetAsync(location.Id, ct)).StepMinutes;
        var to = from.AddDays(20);
        var availability = await reader.ReadAsync(location, from, to, ct);
        return [.. availability.Starts(type, from, to, notBefore, step, provider is { } one ? [one] : null).Take(take)];
    }

    public Location? Place(Guid id) => practice.Locations.FirstOrDefault(l => l.Id == id && l.Active && db.Reads.Sees(l.Id));

    private async Task<BookingResult> TryAsync(BookingRequest ask, Location location, AppointmentType type, KnownPatient patient, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var day = DateOnly.FromDateTime(WallTime.At(ask.Start, location.Zone).DateTime);
        var bookable = ask.ProviderId is { } one ? [one] : await db.Bookability.Where(b => b.LocationId == location.Id && b.Active).Select(b => b.ProviderId).ToListAsync(ct);
        await write.LockAsync(Locks(ask, type, bookable, day), ct);
        if (await db.Visits.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(v => v.BookingKey == ask.Key, ct) is { } before)
        {
            return before.PatientId == ask.PatientId ? new(before) : Refused("", "This form was already used for another visit. Open it again.");
        }

        if (await PatientOverlapAsync(ask, type, patient, ct) is { } overlap)
        {
            return overlap;
        }

        var availability = await reader.ReadAsync(location, day, day, ct);
        var (provider, verdict) = Choose(availability, type, ask.Start, bookable);
        var overbook = verdict.Fit != Fit.Free;
        if (overbook && (provider is null || string.IsNullOrWhiteSpace(ask.OverbookReason) || !actor.Can(OverbookPermission)))
        {
            return Refused(nameof(ask.Start), Sentences.Of(verdict, provider?.Name, location, WallTime.At(ask.Start, location.Zone)), mayOverbook: true);
        }

        var visit = Create(ask, location, type, patient, provider!, verdict, overbook);
        db.Visits.Add(visit);
        await db.SaveChangesAsync(ct);
        await bus.PublishAsync(new AppointmentBooked(visit.State()), new(Key: visit.Id.ToString()));
        visit.Tell(live);
        await write.CommitAsync(ct);
        return new(visit);
    }

    private static IEnumerable<string> Locks(BookingRequest ask, AppointmentType type, IEnumerable<Guid> providers, DateOnly day) =>
        providers.Select(p => $"scheduling provider {p} {day:O}")
            .Append($"scheduling patient {ask.PatientId}")
            .Concat(type.NeedsRoom ? [$"scheduling rooms {ask.LocationId} {day:O}"] : []);

    /// <summary>Of those who are free, the one with the fewest visits that day; otherwise the first and why not.</summary>
    private static (Bookable? Provider, Verdict Verdict) Choose(Availability availability, AppointmentType type, DateTimeOffset start, IReadOnlyCollection<Guid> candidates)
    {
        var load = availability.Facts.Busy.CountBy(b => b.ProviderId).ToDictionary();
        var judged = availability.Facts.Providers.Where(p => candidates.Contains(p.Id))
            .OrderBy(p => load.GetValueOrDefault(p.Id))
            .Select(p => (Provider: (Bookable?)p, Verdict: availability.Check(p.Id, type, start)))
            .ToList();
        return judged.Count == 0
            ? (null, new(Fit.NotBookable))
            : judged.FirstOrDefault(j => j.Verdict.Fit == Fit.Free, judged.MinBy(j => j.Verdict.Fit == Fit.Taken ? 0 : 1));
    }

    private async Task<BookingResult?> PatientOverlapAsync(BookingRequest ask, AppointmentType type, KnownPatient patient, CancellationToken ct)
    {
        if (type.PatientOverlap == "allow" || (type.PatientOverlap == "warn" && ask.OverlapAccepted))
        {
            return null;
        }

        var (from, to) = (ask.Start.ToUniversalTime(), ask.Start.ToUniversalTime().AddMinutes(type.Minutes));
        // Every location: a patient cannot be at two places either.
        var other = await db.Visits.IgnoreQueryFilters().AsNoTracking()
            .Where(v => v.PatientId == ask.PatientId && v.StartsAt < to && v.EndsAt > from && v.Status != VisitStatus.Canceled && v.Status != VisitStatus.NoShow)
            .FirstOrDefaultAsync(ct);
        return other is null ? null : new(null, new(
            type.PatientOverlap == "warn" ? nameof(ask.OverlapAccepted) : nameof(ask.PatientId),
            $"{patient.Name} has another visit then: {other.TypeName} with {other.ProviderName} at {other.Local:h:mm tt}.",
            MayAcceptOverlap: type.PatientOverlap == "warn"));
    }

    private Visit Create(BookingRequest ask, Location location, AppointmentType type, KnownPatient patient, Bookable provider, Verdict verdict, bool overbook)
    {
        var visit = new Interval(ask.Start.ToUniversalTime(), ask.Start.ToUniversalTime().AddMinutes(type.Minutes));
        var held = Availability.Held(type, visit);
        return new Visit
        {
            PatientId = patient.Id,
            ProviderId = provider.Id,
            RoomId = verdict.RoomId,
            LocationId = location.Id,
            TypeId = type.Id,
            PatientName = patient.Name,
            ProviderName = provider.Name,
            TypeName = type.Name,
            Kind = type.Kind,
            Zone = location.Zone,
            StartsAt = visit.From,
            EndsAt = visit.To,
            HeldFrom = held.From,
            HeldTo = held.To,
            Note = string.IsNullOrWhiteSpace(ask.Note) ? null : ask.Note.Trim(),
            Overbooked = overbook,
            OverbookReason = overbook ? ask.OverbookReason!.Trim() : null,
            BookingKey = ask.Key,
            BookedAt = clock.GetUtcNow(),
            BookedBy = actor.Name,
        };
    }

    private Task<IReadOnlyList<FreeStart>> NextAsync(BookingRequest ask, Location location, AppointmentType type, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var after = ask.Start > now ? ask.Start : now;
        return FindAsync(location, type, ask.ProviderId, DateOnly.FromDateTime(WallTime.At(after, location.Zone).DateTime), after, 6, ct);
    }

    private static BookingResult Refused(string field, string sentence, bool mayOverbook = false) => new(null, new(field, sentence, mayOverbook));

    /// <summary>Two at once: an exclusion (23P01), the same booking key (23505), or a deadlock (40P01), which EF wraps otherwise.</summary>
    private static bool IsCollision(Exception e) =>
        (e as PostgresException ?? e.InnerException as PostgresException ?? e.InnerException?.InnerException as PostgresException)
            ?.SqlState is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected;
}
