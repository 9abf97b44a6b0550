using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Messages;
using Modular.Scheduling.FreeTime;
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
    bool OverlapAccepted = false,
    Guid? CaseId = null);

/// <param name="Visit">Null when refused.</param>
/// <param name="Refusal">Field and sentence.</param>
/// <param name="Next">Free starts to offer instead.</param>
public sealed record BookingResult(Visit? Visit, BookingRefusal? Refusal = null, IReadOnlyList<FreeStart>? Next = null);

/// <param name="Outdated">Somebody changed the visit since it was seen.</param>
/// <param name="AtLimit">Booked over already as often as the type allows.</param>
public sealed record BookingRefusal(string Field, string Sentence, bool MayOverbook = false, bool MayAcceptOverlap = false, bool AtLimit = false, bool Outdated = false);

/// <summary>
/// Books a visit: lock, check, insert, in one transaction without any call elsewhere. The database's exclusion constraints are
/// the last word; whoever loses is told what is free next.
/// </summary>
public sealed class Booking(
    SchedulingDb db, BookingRules rules, ScheduleReader reader, PatientLookup patients, ISettings<SchedulingSettings> settings,
    IMessageBus bus, ILive live, IPractice practice, Actor actor, TimeProvider clock)
{
    /// <param name="also">What else is taken with the visit, such as the fields of other modules in the form; false books nothing.</param>
    public async Task<BookingResult> BookAsync(BookingRequest ask, CancellationToken ct, Func<Visit, Task<bool>>? also = null)
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
                var result = await TryAsync(ask, location, type, patient, also, ct);
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
    public async Task<IReadOnlyList<FreeStart>> FindAsync(Location location, AppointmentType type, Guid? provider, DateOnly from, DateTimeOffset notBefore, int take, CancellationToken ct, Guid? moving = null)
    {
        var step = (await settings.GetAsync(location.Id, ct)).StepMinutes;
        var to = from.AddDays(20);
        var availability = await reader.ReadAsync(location, from, to, ct);
        availability = moving is { } visit ? availability.Without(visit) : availability;
        return [.. availability.Starts(type, from, to, notBefore, step, provider is { } one ? [one] : null).Take(take)];
    }

    public Location? Place(Guid id) => practice.Locations.FirstOrDefault(l => l.Id == id && l.Active && db.Reads.Sees(l.Id));

    private async Task<BookingResult> TryAsync(BookingRequest ask, Location location, AppointmentType type, KnownPatient patient, Func<Visit, Task<bool>>? also, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var asked = new Asked(location, type, patient.Id, patient.Name, ask.ProviderId, ask.Start, ask.OverbookReason, ask.OverlapAccepted, CaseId: ask.CaseId);
        await rules.LockAsync(write, [asked], ct);
#pragma warning disable RS0030 // A form is not used twice, whatever locations the person sees.
        if (await db.Visits.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(v => v.BookingKey == ask.Key, ct) is { } before)
#pragma warning restore RS0030
        {
            return before.PatientId == ask.PatientId ? new(before) : Refused("", "This form was already used for another visit. Open it again.");
        }

        var (place, refusal) = await rules.JudgeAsync(asked, ct);
        if (place is null)
        {
            return new(null, refusal);
        }

        var visit = await SaveAsync(ask.Key, asked, place, ask.Note, ct);
        if (also is not null && !await also(visit))
        {
            db.ChangeTracker.Clear();
            return Refused("", "What is marked cannot be saved like this. Nothing was booked.");
        }

        await write.CommitAsync(ct);
        return new(visit);
    }

    /// <summary>Inside a write that holds the locks.</summary>
    public async Task<Visit> SaveAsync(Guid key, Asked asked, VisitPlace place, string? note, CancellationToken ct, Guid? series = null, DateOnly? on = null)
    {
        var visit = Create(key, asked, place, note);
        (visit.SeriesId, visit.SeriesOn) = (series, on);
        db.Visits.Add(visit);
        await db.SaveChangesAsync(ct);
        await bus.PublishAsync(new AppointmentBooked(visit.State()), new(Key: visit.Id.ToString()));
        visit.Tell(live);
        return visit;
    }

    private Visit Create(Guid key, Asked asked, VisitPlace place, string? note)
    {
        var visit = new Visit
        {
            PatientId = asked.PatientId,
            ProviderId = place.ProviderId,
            RoomId = place.RoomId,
            EquipmentId = place.EquipmentId,
            LocationId = place.LocationId,
            TypeId = asked.Type.Id,
            PatientName = asked.PatientName,
            ProviderName = place.ProviderName,
            TypeName = asked.Type.Name,
            Kind = asked.Type.Kind,
            Telehealth = asked.Type.Telehealth,
            Zone = place.Zone,
            CaseId = asked.CaseId,
            StartsAt = place.During.From,
            EndsAt = place.During.To,
            HeldFrom = place.Held.From,
            HeldTo = place.Held.To,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            Overbooked = place.OverbookReason is not null,
            OverbookReason = place.OverbookReason,
            BookingKey = key,
            BookedAt = clock.GetUtcNow(),
            BookedBy = actor.Name,
        };
        visit.Write(visit.Overbooked ? $"Booked over: {visit.OverbookReason}" : "Booked", visit.BookedAt, visit.BookedBy, "info");
        return visit;
    }

    private Task<IReadOnlyList<FreeStart>> NextAsync(BookingRequest ask, Location location, AppointmentType type, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var after = ask.Start > now ? ask.Start : now;
        return FindAsync(location, type, ask.ProviderId, DateOnly.FromDateTime(WallTime.At(after, location.Zone).DateTime), after, 6, ct);
    }

    private static BookingResult Refused(string field, string sentence, bool mayOverbook = false) => new(null, new(field, sentence, mayOverbook));

    /// <summary>Two at once: an exclusion (23P01), the same booking key (23505), or a deadlock (40P01).</summary>
    public static bool IsCollision(Exception e) =>
        (e as PostgresException ?? e.InnerException as PostgresException ?? e.InnerException?.InnerException as PostgresException)
            ?.SqlState is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected;
}
