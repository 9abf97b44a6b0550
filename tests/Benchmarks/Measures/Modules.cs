using System.Globalization;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// What one more module costs: the start, the memory and the pages of a host with three to thirty of them, all enabled. Flat means
/// that the host with thirty lies on the line through those with three and ten: nothing is done for each pair of modules.
/// </summary>
public static class Modules
{
    private static readonly int[] Counts = [3, 10, 20, 30];

    /// <summary>How far above the line it may be: figures of a shared machine scatter by a tenth.</summary>
    private const double Flat = 1.15;

    private sealed record Figure(string What, Func<double, string> Shown, List<double> Values);

    /// <param name="host">Makes a site whose host has this many modules.</param>
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Func<int, Task<(PracticeData Data, Site Site)>> host, Options options)
    {
        Figure[] figures =
        [
            new("Start to live", Seconds, []), new("Start to the first page", Seconds, []), new("Memory, a page of each module served", Mb, []),
            new("Day page, p50", Ms, []), new("Home, p50", Ms, []), new("Chart of a patient, p50", Ms, []),
        ];
        foreach (var count in Counts)
        {
            var (data, site) = await host(count);
            foreach (var (figure, value) in figures.Zip(await MeasureAsync(site, data, options)))
            {
                figure.Values.Add(value);
            }

            Console.Error.WriteLine($"  {count} modules: {string.Join(", ", figures.Select(f => $"{f.What} {f.Shown(f.Values[^1])}"))}");
        }

        return [.. figures.Select(ToRow)];
    }

    private static async Task<double[]> MeasureAsync(Site site, PracticeData data, Options options)
    {
        var (live, page) = (new List<double>(), new List<double>());
        for (var round = -1; round < (options.Small ? 2 : 5); round++)
        {
            await using var starting = site.StartHost();
            var (alive, served) = (await starting.AnswersAsync("/health/live", "localhost"), await starting.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost"));
            // The first round reads everything from disk.
            if (round >= 0)
            {
                live.Add(alive.TotalSeconds);
                page.Add(served.TotalSeconds);
            }
        }

        await using var host = site.StartHost();
        await host.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost");
        using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
        foreach (var path in site.Copies.Select(id => $"/{id}/days?location={Site.Main}").Concat(["/", "/patients", "/referrals/referrals", data.DayPage, $"/patients/charts/{PracticeData.Patient(7)}"]))
        {
            await desk.TextAsync(path);
        }

        var memory = host.Resident();
        var times = options.Small ? 50 : 400;
        async Task<double> P50Async(string path)
        {
            await Load.TimesAsync(times, _ => desk.GetAsync(path));
            return (await Load.TimesAsync(times, _ => desk.GetAsync(path))).Median();
        }

        return [live.Median(), page.Median(), memory, await P50Async(data.DayPage), await P50Async("/"), await P50Async($"/patients/charts/{PracticeData.Patient(7)}")];
    }

    private static Row ToRow(Figure figure)
    {
        var values = figure.Values;
        double Each(int from, int to) => (values[to] - values[from]) / (Counts[to] - Counts[from]);
        var line = values[0] + (Each(0, 1) * (Counts[^1] - Counts[0]));
        return new($"{figure.What}, {string.Join(" / ", Counts)} modules", string.Join(" / ", values.Select(figure.Shown)),
            $"{figure.Shown(line)} (line through the first two; a module {figure.Shown(Each(0, 3))})", Times(values[^1] / line),
            $"≤ {Flat.ToString(CultureInfo.InvariantCulture)}", values[^1] <= line * Flat);
    }
}
