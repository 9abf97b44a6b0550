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
    /// <summary>How far above the line it may be: figures of a shared machine scatter by a tenth.</summary>
    private const double Flat = 1.15;

    /// <param name="More">How much more than before a module may cost; null where that was not asked.</param>
    private sealed record Figure(string What, Func<double, string> Shown, double? More, List<double> Values, List<double> Before);

    /// <param name="host">Makes the sites whose hosts have this many modules, today's and the one of before.</param>
    public static async Task<IReadOnlyList<Row>> MeasureAsync(Func<int, Task<(PracticeData Data, Site Site, Site? Before)>> host, Options options)
    {
        Figure[] figures =
        [
            new("Start to live", Seconds, 0.010, [], []), new("Start to the first page", Seconds, 0.010, [], []),
            new("Memory, a page of each module served", Mb, 2 * 1024 * 1024, [], []),
            new("Day page, p50", Ms, null, [], []), new("Home, p50", Ms, null, [], []), new("Chart of a patient, p50", Ms, null, [], []),
        ];
        foreach (var count in options.Modules)
        {
            var (data, site, before) = await host(count);
            var (ours, theirs) = await MeasureAsync(site, before, data, options);
            for (var i = 0; i < figures.Length; i++)
            {
                figures[i].Values.Add(ours[i]);
                figures[i].Before.AddRange(theirs is null ? [] : [theirs[i]]);
            }

            Console.Error.WriteLine($"  {count} modules: {string.Join(", ", figures.Select(f => $"{f.What} {f.Shown(f.Values[^1])}{(theirs is null ? "" : $" (before {f.Shown(f.Before[^1])})")}"))}");
        }

        return [.. figures.SelectMany(figure => ToRows(figure, options.Modules))];
    }

    /// <summary>The medians of each figure, of hosts that had their turns.</summary>
    private static async Task<(double[] Ours, double[]? Theirs)> MeasureAsync(Site site, Site? before, PracticeData data, Options options)
    {
        var (ours, theirs) = (new List<double[]>(), new List<double[]>());
        for (var round = -1; round < options.LongRounds; round++)
        {
            // The first round reads everything from disk.
            await RoundAsync(site, data, round < 0 ? [] : ours, options);
            if (before is not null)
            {
                await RoundAsync(before, data, round < 0 ? [] : theirs, options);
            }
        }

        static double[] Medians(List<double[]> rounds) => [.. Enumerable.Range(0, rounds[0].Length).Select(i => rounds.Select(r => r[i]).Median())];
        return (Medians(ours), before is null ? null : Medians(theirs));
    }

    private static async Task RoundAsync(Site site, PracticeData data, List<double[]> rounds, Options options)
    {
        await using var host = site.StartHost();
        var live = await host.AnswersAsync("/health/live", "localhost");
        var page = await host.AnswersAsync("/account/sign-in", $"{data.Slug}.localhost");
        using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
        foreach (var path in site.Copies.Select(id => $"/{id}/days?location={Site.Main}").Concat(["/", "/patients", "/referrals/referrals", data.DayPage, $"/patients/charts/{PracticeData.Patient(7)}"]))
        {
            await desk.TextAsync(path);
        }

        var memory = host.Resident();
        var times = options.Small ? 50 : 200;
        async Task<double> P50Async(string path)
        {
            await Load.TimesAsync(times / 2, _ => desk.GetAsync(path));
            return (await Load.TimesAsync(times, _ => desk.GetAsync(path))).Median();
        }

        rounds.Add([live.TotalSeconds, page.TotalSeconds, memory, await P50Async(data.DayPage), await P50Async("/"), await P50Async($"/patients/charts/{PracticeData.Patient(7)}")]);
    }

    private static IEnumerable<Row> ToRows(Figure figure, IReadOnlyList<int> counts)
    {
        var (values, before, of) = (figure.Values, figure.Before, $"{string.Join(" / ", counts)} modules");
        double Each(List<double> all, int to) => (all[to] - all[0]) / (counts[to] - counts[0]);
        var shown = string.Join(" / ", values.Select(figure.Shown));
        if (counts.Count > 2)
        {
            var line = values[0] + (Each(values, 1) * (counts[^1] - counts[0]));
            yield return new($"{figure.What}, {of}", shown, $"{figure.Shown(line)} (line through the first two; a module {figure.Shown(Each(values, counts.Count - 1))})",
                Times(values[^1] / line), $"≤ {Flat.ToString(CultureInfo.InvariantCulture)}", values[^1] <= line * Flat);
        }
        else
        {
            yield return new($"{figure.What}, {of}", shown);
        }

        if (before.Count == 0)
        {
            yield break;
        }

        yield return new($"{figure.What}, {of}, to before", shown, $"{string.Join(" / ", before.Select(figure.Shown))} (before)", string.Join(" / ", values.Zip(before, (now, then) => Times(now / then))));
        if (counts.Count > 1)
        {
            var (now, then) = (Each(values, counts.Count - 1), Each(before, counts.Count - 1));
            yield return new("… one more module", Small(figure, now), $"{Small(figure, then)} (before)", $"{(now < then ? "-" : "+")}{Small(figure, Math.Abs(now - then))}",
                figure.More is { } more ? $"≤ +{Small(figure, more)}" : "", figure.More is { } most ? now - then <= most : null);
        }
    }

    /// <summary>A module's own share is small for the unit of the whole.</summary>
    private static string Small(Figure figure, double value) => figure.Shown == Seconds ? $"{value * 1000:0} ms" : figure.Shown == Mb ? $"{value / 1024 / 1024:0.0} MB" : $"{value:0.00} ms";
}
