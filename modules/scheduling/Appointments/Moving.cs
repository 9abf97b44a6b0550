using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Messages;
using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <param name="Version">The visit as the person saw it.</param>
/// <param name="ProviderId">Null: any provider who is free.</param>
/// <param name="Told">The patient knows of the new time.</param>
/// <param name="CaseChosen">True: it is for <paramref name="CaseId"/> from now on; false: its case stays.</param>
public sealed record MoveRequest(
    Guid VisitId, int Version, Guid LocationId, Guid? ProviderId, DateTimeOffset Start, string Why, bool Told,
    string? OverbookReason = null, bool OverlapAccepted = false, Guid? RoomId = null, Guid? CaseId = null, bool CaseChosen = false);

/// <summary>Moves a booked visit in one transaction: the same locks, rules and constraints as a booking, and the old place with the change.</summary>
public sealed class Moving(SchedulingDb db, Booking booking, BookingRules rules, VisitCases cases, IMessageBus bus, ILive live, Actor actor, TimeProvider clock)
{
    public async Task<BookingResult> MoveAsync(MoveRequest ask, CancellationToken ct)
    {
        if (booking.Place(ask.LocationId) is not { } location)
        {
            return Refused("Location", "Choose one of your locations.");
        }

        if (WallTime.At(ask.Start, location.Zone).Date < WallTime.At(clock.GetUtcNow(), location.Zone).Date)
        {
            return Refused("Start", "This day is over. Choose today or later.");
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(ask, location, ct);
            }
            catch (Exception e) when (Booking.IsCollision(e))
            {
                db.ChangeTracker.Clear();
                if (attempt == 3)
                {
                    return Refused("", "Several people are booking this time at once. Try again.");
                }
            }
            catch (DbUpdateConcurrencyException)
            {
                return Refused("", "Somebody changed this visit meanwhile. Look at it again; nothing of yours was saved.", outdated: true);
            }
        }
    }

    /// <summary>Free starts for this visit, as long as it is, without itself in the way.</summary>
    public async Task<IReadOnlyList<FreeStart>> FindAsync(Visit visit, Location location, Guid? provider, DateOnly from, DateTimeOffset notBefore, int take, CancellationToken ct)
    {
        var type = (await db.AppointmentTypes.AsNoTracking().FirstAsync(t => t.Id == visit.TypeId, ct)).As(visit);
        return await booking.FindAsync(location, type, provider, from, notBefore, take, ct, visit.Id);
    }

    private async Task<BookingResult> TryAsync(MoveRequest ask, Location location, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        if (await db.Visits.FirstOrDefaultAsync(v => v.Id == ask.VisitId, ct) is not { } visit)
        {
            return Refused("", "This visit no longer exists.");
        }

        if (visit.Version != ask.Version || visit.MayMove() is not null)
        {
            return Refused("", visit.MayMove() ?? $"Somebody changed this visit meanwhile: it is on {visit.Local:ddd, MMM d} at {Said.Time(TimeOnly.FromDateTime(visit.Local.DateTime))} with {visit.ProviderName}. Nothing of yours was saved.", outdated: visit.MayMove() is null);
        }

        var type = (await db.AppointmentTypes.AsNoTracking().FirstAsync(t => t.Id == visit.TypeId, ct)).As(visit);
        var asked = new Asked(location, type, visit.PatientId, visit.PatientName, ask.ProviderId, ask.Start, ask.OverbookReason, ask.OverlapAccepted, visit.Id, ask.RoomId, ask.CaseId, ask.CaseChosen);
        await rules.LockAsync(write, [asked], ct);
        var (place, refusal) = await rules.JudgeAsync(asked, ct);
        if (place is null)
        {
            return new(null, refusal);
        }

        if (ask.CaseChosen)
        {
            visit.For(await cases.FindAsync(ask.CaseId, ct), await cases.FindAsync(visit.CaseId, ct), clock.GetUtcNow(), actor.Name);
        }

        await SaveAsync(visit, place, ask.Why, ask.Told, ct);
        await write.CommitAsync(ct);
        return new(visit);
    }

    /// <summary>Inside a write that holds the locks.</summary>
    public async Task SaveAsync(Visit visit, VisitPlace place, string why, bool told, CancellationToken ct)
    {
        var (from, provider, at) = (visit.StartsAt, visit.ProviderId, visit.LocationId);
        visit.Tell(live);
        await db.Clipboard.Where(c => c.VisitId == visit.Id).ExecuteDeleteAsync(ct);
        if (visit.Move(place, why, told, clock.GetUtcNow(), actor.Name) is { } refused)
        {
            throw new InvalidOperationException(refused);
        }

        await db.SaveChangesAsync(ct);
        await bus.PublishAsync(new AppointmentMoved(visit.State(), from, provider, at, why, told), new(Key: visit.Id.ToString()));
        visit.Tell(live);
    }

    private static BookingResult Refused(string field, string sentence, bool outdated = false) => new(null, new(field, sentence, Outdated: outdated));
}
