using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Panels.Chores;

/// <summary>Indicators of a partner's module: a sum with a dimension of its own, and a ratio.</summary>
public sealed class ChoreCount(PanelsDb db) : IIndicatorSource
{
    public static readonly Indicator Due = new("panels.chores-due", "Chores due", IndicatorShape.Sum, "panels.page.read")
    {
        Definition = "Chores by the day on which they are due, done or not.", First = "Chore", Better = IndicatorDirection.Down,
        Link = at => $"/panels/chores?show=&to={at.To:yyyy-MM-dd}",
    };

    public static readonly Indicator DoneShare = new("panels.chores-done", "Chores done", IndicatorShape.Ratio, "panels.secret.read")
    {
        Definition = "Chores that are done, of all that were due on the day.", Part = "Chores done", Of = "All chores",
    };

    public async Task CountAsync(IndicatorDays days, CancellationToken ct)
    {
        var place = days.Location!.Id;
        foreach (var chore in await db.Chores.AsNoTracking()
            .Where(c => c.LocationId == place && c.DueOn >= days.From && c.DueOn <= days.To).ToListAsync(ct))
        {
            days.Add(Due, chore.DueOn, 1, first: chore.Text);
            days.Add(DoneShare, chore.DueOn, chore.Done ? 1 : 0, of: 1);
        }
    }

    public Task<DateOnly?> FirstDayAsync(CancellationToken ct) => db.Chores.MinAsync(c => (DateOnly?)c.DueOn, ct);
}
