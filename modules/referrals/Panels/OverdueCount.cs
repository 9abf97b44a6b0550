using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Panels;

/// <summary>How many referrals stand overdue, as the nightly job marks them; the tile of the home page asks the same mark.</summary>
public sealed class OverdueCount(ReferralsDb db, TimeProvider clock) : IIndicatorSource
{
    public static readonly Indicator Overdue = new("referrals.overdue", "Referrals overdue", IndicatorShape.Snapshot, ReferralsPermissions.Read)
    {
        Definition = "Open referrals whose next step should have been taken before the day. It is counted on the day itself and stays.",
        Better = IndicatorDirection.Down, First = "Urgency", Link = _ => "/referrals/referrals?show=overdue",
    };

    public async Task CountAsync(IndicatorDays days, CancellationToken ct)
    {
        var place = days.Location!;
        var today = WallTime.Today(clock, place.Zone);
        if (!days.Has(today))
        {
            return;
        }

        var overdue = await db.Referrals.AsNoTracking().WithShut().Where(r => r.LocationId == place.Id && r.EndedOn == null && r.Overdue)
            .GroupBy(r => r.Urgency).Select(g => new { Urgency = g.Key, Count = g.Count() }).ToListAsync(ct);
        overdue.ForEach(o => days.Add(Overdue, today, o.Count, first: o.Urgency));
    }

    /// <summary>What was overdue on a day that is over is not known any more.</summary>
    public Task<DateOnly?> FirstDayAsync(CancellationToken ct) => Task.FromResult<DateOnly?>(null);
}
