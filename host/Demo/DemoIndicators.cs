using Microsoft.EntityFrameworkCore;
using Modular.Host.Indicators;
using Modular.Host.Indicators.Dashboards;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Demo;

/// <summary>Has the demo's past and today counted, and puts all figures on one dashboard that the managers share. Repeatable.</summary>
public sealed class DemoIndicators(KnownIndicators known, IndicatorFill fill, IndicatorsDb db, PeopleDb people, IMessageBus bus)
{
    public async Task EnsureAsync(CancellationToken ct)
    {
        if (known.All.Count == 0 || await db.Dashboards.AnyAsync(ct))
        {
            return;
        }

        var manager = await people.People.AsNoTracking().FirstOrDefaultAsync(p => p.Roles.Any(r => r.Preset == Roles.Manager), ct);
        if (manager is null)
        {
            return;
        }

        foreach (var module in known.Sources.Select(s => s.Module.Id).Distinct())
        {
            await fill.BeginAsync(module, null, ct);
        }

        await using var write = await db.BeginWriteAsync(ct);
        db.Add(new Dashboard
        {
            Name = "How we are doing", OwnerId = manager.Id, Owner = manager.Name, Role = Roles.Manager,
            Keys = [.. known.All.Values.Where(k => k.On).Select(k => k.Of.Key).Take(Dashboard.MostIndicators)],
        });
        await db.SaveChangesAsync(ct);
        await bus.SendAsync(new CountDueIndicators());
        await write.CommitAsync(ct);
    }
}
