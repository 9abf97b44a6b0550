using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Indicators;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>Figures of the years before the demo's first visit, as a practice brings them from its old system: no visits stand behind them.</summary>
public static class DemoHistory
{
    private const int Minutes = 480;

    /// <summary>Patients whose wait the old system wrote down, each day of a provider.</summary>
    private const int Waits = 3;

    public static async Task AddAsync(SchedulingDb db, IIndicators indicators, IPractice practice, DateOnly from, DateOnly to, CancellationToken ct)
    {
        foreach (var place in practice.Locations.Where(l => l.Active))
        {
            var providers = await db.Bookability.AsNoTracking().Where(b => b.LocationId == place.Id && b.Active).OrderBy(b => b.ProviderId)
                .Select(b => b.ProviderId).ToListAsync(ct);
            var days = new IndicatorDays(from, to, place);
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                foreach (var (provider, i) in day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? [] : providers.Select((p, i) => (p, i)))
                {
                    days.Add(VisitIndicators.Utilization, day, Math.Round(Minutes * Share(day, i)), Minutes, provider);
                    for (var wait = 0; wait < Waits; wait++)
                    {
                        days.Add(VisitIndicators.Waits, day, Wait(day, i, wait), provider: provider);
                    }
                }
            }

            await indicators.KeepAsync([VisitIndicators.Utilization, VisitIndicators.Waits], days, ct);
        }
    }

    /// <summary>Fuller in winter, fuller from year to year, and a little different each day and for each provider.</summary>
    private static decimal Share(DateOnly day, int provider)
    {
        var season = 0.06 * Math.Cos(day.DayOfYear / 365.0 * 2 * Math.PI);
        var years = day.DayNumber % 10_000 / 10_000.0 * 0.05;
        var noise = new Random((day.DayNumber * 31) + provider).NextDouble() * 0.14;
        return (decimal)Math.Clamp(0.68 + season + years + noise - (provider * 0.01), 0.3, 1);
    }

    /// <summary>Most are roomed within a quarter of an hour, one in ten waits half an hour.</summary>
    private static int Wait(DateOnly day, int provider, int patient)
    {
        var luck = new Random((day.DayNumber * 97) + (provider * 7) + patient);
        return luck.Next(10) == 0 ? luck.Next(20, 45) : luck.Next(2, 17);
    }
}
