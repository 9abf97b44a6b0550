using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>Resident memory of the host's process with ten modules, after every module served pages and the day page was under load.</summary>
public static class Memory
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Site site, PracticeData data, Options options)
    {
        await using var host = site.StartHost();
        await using var floor = site.StartFloor(data.Database);
        await host.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost");
        await floor.AnswersAsync("/hand/nothing", "localhost");
        var desks = await Desk.SignInAsync(host, data.Slug, "front-desk", 16);
        var bare = Enumerable.Range(0, 16).Select(_ => Desk.Nobody(floor)).ToArray();
        foreach (var id in site.Copies)
        {
            await desks[0].TextAsync($"/{id}/days?location={Site.Main}");
        }

        await desks[0].TextAsync("/");
        await desks[0].TextAsync("/patients");
        var idle = host.Resident();
        var time = options.RoundTime * 5;
        await Load.RateAsync(desks, d => d.GetAsync(data.DayPage), time);
        await Load.RateAsync(bare, d => d.GetAsync($"/mvc/day?date={data.Day:yyyy-MM-dd}&location={Site.Main}"), time);
        var (ours, ceiling) = (host.Resident(), floor.Resident());
        return
        [
            new("Memory under load, ten modules", Mb(ours), $"{Mb(ceiling)} (bare MVC + EF)", Times((double)ours / ceiling), "≤ 200 MB", ours <= 200L * 1024 * 1024),
            new("Memory before load, ten modules", Mb(idle)),
        ];
    }
}
