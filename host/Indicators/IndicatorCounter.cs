using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Asks a source for days of one place and keeps them.</summary>
public sealed class IndicatorCounter(Work work, KnownIndicators known, IndicatorStore store, IServiceProvider services, TimeProvider clock)
{
    public async Task CountAsync(string name, Guid? location, DateOnly from, DateOnly to, CancellationToken ct)
    {
        // Its module was turned off, or the place was taken away, since the days were asked for: what was kept stays.
        if (known.Sources.FirstOrDefault(s => s.Name == name) is not { } source
            || known.PlacesOf(source).Where(p => p?.Id == location).ToList() is not [var place])
        {
            return;
        }

        var today = WallTime.Today(clock, known.ZoneOf(place));
        var until = to < today ? to : today;
        if (until < from)
        {
            return;
        }

        await using var write = await work.BeginAsync(null, ct);
        // Counted under the lock, so that of two counts the later one has read the newer rows.
        await write.LockAsync(source.Declared.Indicators.Select(i => $"indicator {i.Key} {location}"), ct);
        var days = new IndicatorDays(from, until, place);
        await ((IIndicatorSource)ActivatorUtilities.CreateInstance(services, source.Declared.Source)).CountAsync(days, ct);
        await store.PutAsync([.. source.Declared.Indicators.Where(i => i.CountsPast)], days, until, ct);
        if (days.Has(today) && source.Declared.Indicators.Where(i => !i.CountsPast).ToList() is { Count: > 0 } snapshots)
        {
            await store.PutAsync(snapshots, OfToday(days, snapshots, today), today, ct);
        }

        await write.CommitAsync(ct);
    }

    private static IndicatorDays OfToday(IndicatorDays days, List<Indicator> snapshots, DateOnly today)
    {
        var only = new IndicatorDays(today, today, days.Location);
        foreach (var f in days.Facts.Where(f => f.Day == today && snapshots.Contains(f.Indicator)))
        {
            only.Add(f.Indicator, f.Day, f.Value, f.Base, f.Provider, f.Entity, f.First, f.Second);
        }

        return only;
    }
}
