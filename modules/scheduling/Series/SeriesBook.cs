using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Series;

/// <summary>Writes a series: all locks first and in one order, every occurrence judged again, all of it in one transaction.</summary>
public sealed class SeriesBook(SchedulingDb db, Booking booking, Moving moving, BookingRules rules, SeriesPlan plan, IMessageBus bus, ILive live, Actor actor, TimeProvider clock)
{
    /// <returns>How many visits were booked; null when one of the times is gone.</returns>
    public async Task<int?> BookAsync(Guid key, VisitSeries series, Asked first, IReadOnlyList<Planned> planned, string reason, CancellationToken ct)
    {
        var wanted = planned.Select(p => (Planned: p, Ask: plan.Place(first, p, reason))).Where(x => x.Ask is not null).Select(x => (x.Planned, Ask: x.Ask!)).ToList();
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await rules.LockAsync(write, wanted.Select(w => w.Ask), ct);
            db.Add(series);
            await db.SaveChangesAsync(ct);
            var number = 0;
            foreach (var (occurrence, ask) in wanted)
            {
                var (place, _) = await rules.JudgeAsync(ask, ct);
                if (place is null)
                {
                    db.ChangeTracker.Clear();
                    return null;
                }

                // The form's key for the first, so that the form sent twice books once; the others follow from it.
                await booking.SaveAsync(number++ == 0 ? key : Guid.CreateVersion7(), ask, place, series.Note, ct, series.Id, occurrence.On);
            }

            await write.CommitAsync(ct);
            return number;
        }
        catch (Exception e) when (Booking.IsCollision(e))
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    /// <summary>Moves the occurrences chosen; what is left out stays where it is.</summary>
    public async Task<int?> MoveAsync(Asked first, IReadOnlyList<(Planned Planned, Guid Visit)> planned, string reason, string why, bool told, CancellationToken ct)
    {
        var wanted = planned.Select(p => (p.Visit, Ask: plan.Place(first, p.Planned, reason, p.Visit))).Where(x => x.Ask is not null).Select(x => (x.Visit, Ask: x.Ask!)).ToList();
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await rules.LockAsync(write, wanted.Select(w => w.Ask), ct);
            foreach (var (id, ask) in wanted)
            {
                var visit = await db.Visits.FirstAsync(v => v.Id == id, ct);
                var (place, _) = visit.MayMove() is null ? await rules.JudgeAsync(ask, ct) : (null, null);
                if (place is null)
                {
                    db.ChangeTracker.Clear();
                    return null;
                }

                await moving.SaveAsync(visit, place, why, told, ct);
            }

            await write.CommitAsync(ct);
            return wanted.Count;
        }
        catch (Exception e) when (Booking.IsCollision(e) || e is DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    /// <summary>Cancels what is still booked of these.</summary>
    public async Task<int> CancelAsync(IReadOnlyList<Guid> visits, string reason, bool told, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var booked = (await db.Visits.Where(v => visits.Contains(v.Id)).OrderBy(v => v.StartsAt).ToListAsync(ct)).Where(v => v.Cancel(reason, clock.GetUtcNow(), actor.Name) is null).ToList();
        booked.ForEach(v => v.TellPatient = !told);
        await db.SaveChangesAsync(ct);
        foreach (var visit in booked)
        {
            await bus.PublishAsync(new AppointmentCanceled(visit.State(), reason), new(Key: visit.Id.ToString()));
            visit.Tell(live);
        }

        await write.CommitAsync(ct);
        return booked.Count;
    }
}
