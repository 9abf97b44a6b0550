using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>Resident memory of the host's process with ten modules, after every module served pages and the day page was under load.</summary>
public static class Memory
{
    private sealed class Taken
    {
        public List<double> Idle { get; } = [];
        public List<double> Loaded { get; } = [];
    }

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, Site? before, PracticeData data, Options options)
    {
        var (ours, theirs, floor) = (new Taken(), new Taken(), new List<double>());
        for (var round = 0; round < (before is null ? 1 : options.LongRounds); round++)
        {
            await LoadAsync(site, data, ours, options);
            if (before is not null)
            {
                await LoadAsync(before, data, theirs, options);
            }

            floor.Add(await LoadFloorAsync(site, data, options));
        }

        var loaded = ours.Loaded.Median();
        return
        [
            new("Memory under load, ten modules", Mb(loaded), $"{Mb(floor.Median())} (bare MVC + EF)", Times(ours.Loaded.RatioTo(floor)), "≤ 200 MB", loaded <= 200L * 1024 * 1024),
            new("Memory before load, ten modules", Mb(ours.Idle.Median())),
            .. before is null ? Array.Empty<Row>() : [ToBefore("Memory under load", ours.Loaded, theirs.Loaded), ToBefore("Memory before load", ours.Idle, theirs.Idle)],
        ];
    }

    private static async Task LoadAsync(Site site, PracticeData data, Taken taken, Options options)
    {
        await using var host = site.StartHost();
        await host.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost");
        var desks = await Desk.SignInAsync(host, data.Slug, "front-desk", 16);
        foreach (var path in site.Copies.Select(id => $"/{id}/days?location={Site.Main}").Concat(["/", "/patients"]))
        {
            await desks[0].TextAsync(path);
        }

        taken.Idle.Add(host.Resident());
        await Load.RateAsync(desks, d => d.GetAsync(data.DayPage), options.RoundTime * 5);
        taken.Loaded.Add(host.Resident());
        foreach (var desk in desks)
        {
            desk.Dispose();
        }
    }

    private static async Task<double> LoadFloorAsync(Site site, PracticeData data, Options options)
    {
        await using var floor = site.StartFloor(data.Database);
        await floor.AnswersAsync("/hand/nothing", "localhost");
        var bare = Enumerable.Range(0, 16).Select(_ => Desk.Nobody(floor)).ToArray();
        await Load.RateAsync(bare, d => d.GetAsync($"/mvc/day?date={data.Day:yyyy-MM-dd}&location={Site.Main}"), options.RoundTime * 5);
        return floor.Resident();
    }

    private static Row ToBefore(string what, List<double> ours, List<double> theirs)
    {
        const double megabyte = 1024 * 1024;
        var more = ours.Zip(theirs, (now, before) => now - before).Median() / megabyte;
        return new($"{what}, ten modules, to before", Mb(ours.Median()), $"{Mb(theirs.Median())} (before)", $"{more:+0;-0} MB", "≤ +25 MB", more <= 25);
    }
}
