using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>From the process's start to its first answer, with ten modules, the database server running already.</summary>
public static class Start
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, PracticeData data, Options options)
    {
        var (live, ready, page, floor) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < (options.Small ? 2 : 5); round++)
        {
            await using var host = site.StartHost();
            var alive = await host.AnswersAsync("/health/live", "localhost");
            var warmed = await host.AnswersAsync("/health/ready", "localhost");
            var served = await host.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost");
            await host.DisposeAsync();
            await using var bare = site.StartFloor(data.Database);
            var first = await bare.AnswersAsync($"/mvc/day?date={data.Day:yyyy-MM-dd}&location={Site.Main}", "localhost");
            // The first round reads everything from disk.
            if (round >= 0)
            {
                live.Add(alive.TotalSeconds);
                ready.Add(warmed.TotalSeconds);
                page.Add(served.TotalSeconds);
                floor.Add(first.TotalSeconds);
            }
        }

        return
        [
            new("Start to live, published, ten modules", Seconds(live.Median()), $"{Seconds(floor.Median())} (bare MVC + EF, first page)", Times(live.RatioTo(floor)), "≤ 1.5 s", live.Median() <= 1.5),
            new("Start to ready, hot paths warmed", Seconds(ready.Median()), Seconds(floor.Median()), Times(ready.RatioTo(floor))),
            new("Start to first page", Seconds(page.Median()), Seconds(floor.Median()), Times(page.RatioTo(floor))),
        ];
    }
}
