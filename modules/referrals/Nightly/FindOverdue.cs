using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Nightly;

/// <summary>The job of every night.</summary>
[Message("referrals.find-overdue.v1", OneHandler = true)]
public sealed record FindOverdue;

/// <summary>Marks what the day that ended has made overdue, and plans that ended, each at its own place. A second run finds nothing more to do.</summary>
public sealed class FindOverdueHandler(ReferralsDb db, ILive live, TimeProvider clock)
{
    public async Task<OutgoingMessages> HandleAsync(FindOverdue message, CancellationToken ct)
    {
        // No place is more than a day ahead of the clock; each row is judged by its own day.
        var latest = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1);
        var due = await db.Referrals.Where(r => r.EndedOn == null && ((r.DueOn < latest && !r.Overdue) || (r.CoverageEndsOn < latest && !r.CoverageEnded))).ToListAsync(ct);
        var found = due.Where(r => r.Watch(WallTime.Today(clock, r.Zone))).ToList();
        return await MarkedReferrals.SaveAsync(db, live, found, ct);
    }
}
