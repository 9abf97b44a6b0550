using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>From the process's start to its first answer, with ten modules, the database server running already.</summary>
public static class Start
{
    private sealed class Taken
    {
        public List<double> Live { get; } = [];
        public List<double> Ready { get; } = [];
        public List<double> Page { get; } = [];
    }

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, Site? before, PracticeData data, Options options)
    {
        var (ours, theirs, floor) = (new Taken(), new Taken(), new List<double>());
        for (var round = -1; round < options.LongRounds; round++)
        {
            // The first round reads everything from disk.
            await StartAsync(site, data, round < 0 ? new() : ours);
            if (before is not null)
            {
                await StartAsync(before, data, round < 0 ? new() : theirs);
            }

            await using var bare = site.StartFloor(data.Database);
            var first = await bare.AnswersAsync($"/mvc/day?date={data.Day:yyyy-MM-dd}&location={Site.Main}", "localhost");
            if (round >= 0)
            {
                floor.Add(first.TotalSeconds);
            }
        }

        return
        [
            new("Start to live, published, ten modules", Seconds(ours.Live.Median()), $"{Seconds(floor.Median())} (bare MVC + EF, first page)", Times(ours.Live.RatioTo(floor)), "≤ 1.5 s", ours.Live.Median() <= 1.5),
            new("Start to ready, hot paths warmed", Seconds(ours.Ready.Median()), Seconds(floor.Median()), Times(ours.Ready.RatioTo(floor))),
            new("Start to first page", Seconds(ours.Page.Median()), Seconds(floor.Median()), Times(ours.Page.RatioTo(floor))),
            .. before is null ? Array.Empty<Row>() :
            [
                ToBefore("Start to live", ours.Live, theirs.Live),
                ToBefore("Start to ready", ours.Ready, theirs.Ready),
                ToBefore("Start to first page", ours.Page, theirs.Page),
            ],
        ];
    }

    private static async Task StartAsync(Site site, PracticeData data, Taken taken)
    {
        await using var host = site.StartHost();
        taken.Live.Add((await host.AnswersAsync("/health/live", "localhost")).TotalSeconds);
        taken.Ready.Add((await host.AnswersAsync("/health/ready", "localhost")).TotalSeconds);
        taken.Page.Add((await host.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost")).TotalSeconds);
    }

    private static Row ToBefore(string what, List<double> ours, List<double> theirs)
    {
        var more = ours.Zip(theirs, (now, before) => now - before).Median();
        return new($"{what}, ten modules, to before", Seconds(ours.Median()), $"{Seconds(theirs.Median())} (before)", $"{more:+0.00;-0.00} s", "≤ +0.2 s", more <= 0.2);
    }
}
