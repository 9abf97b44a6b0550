using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>The front desk's largest screens: a board of forty providers and 1,200 visits, and the chart of a patient with a thousand.</summary>
public static class FrontDesk
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, ServerProcess floor, PracticeData data, Options options)
    {
        using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
        using var bare = Desk.Nobody(floor);
        var times = options.Small ? 20 : 60;
        var board = $"/scheduling/board/{data.Day.AddDays(400):yyyy-MM-dd}?location={Site.Dense}";
        var day = $"/mvc/day?date={data.Day.AddDays(400):yyyy-MM-dd}&location={Site.Dense}";
        return
        [
            await MeasureAsync("Day board, 40 providers, 1,200 visits", desk, board, bare, day, times),
            await MeasureAsync("Day list of the same", desk, $"/scheduling/days/{data.Day.AddDays(400):yyyy-MM-dd}?location={Site.Dense}", bare, day, times),
            await MeasureAsync("Chart of a patient with 1,000 visits", desk, $"/patients/charts/{PracticeData.Patient(7)}", bare, "/hand/nothing", times),
            await MeasureAsync("Chart of a patient with ten", desk, $"/patients/charts/{PracticeData.Patient(8)}", bare, "/hand/nothing", times),
        ];
    }

    private static async Task<Row> MeasureAsync(string name, Desk desk, string path, Desk bare, string floor, int times)
    {
        var bytes = 0;
        await Load.TimesAsync(10, async _ => bytes = await desk.GetAsync(path));
        await Load.TimesAsync(10, _ => bare.GetAsync(floor));
        var (ours, ceiling) = (new List<double>(), new List<double>());
        for (var i = 0; i < times; i++)
        {
            ours.AddRange(await Load.TimesAsync(1, _ => desk.GetAsync(path)));
            ceiling.AddRange(await Load.TimesAsync(1, _ => bare.GetAsync(floor)));
        }

        return new($"{name}: p50 / p99, KB", $"{Ms(ours.Median())} / {Ms(ours.Percentile(99))}, {bytes / 1024.0:0.0}", Ms(ceiling.Median()), Times(ours.RatioTo(ceiling)));
    }
}
