using System.Diagnostics;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>The day of a location, twenty providers and two hundred visits, at sixteen desks at once: with sign-in, permission, access log, frame and compression.</summary>
public static class DayPage
{
    private const int Desks = 16;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, ServerProcess floor, PracticeData data, Options options)
    {
        var desks = await Desk.SignInAsync(host, data.Slug, "front-desk", Desks);
        var bare = Enumerable.Range(0, Desks).Select(_ => Desk.Nobody(floor)).ToArray();
        var query = $"day?date={data.Day:yyyy-MM-dd}&location={Site.Main}";
        Task<double> Ours() => Load.RateAsync(desks, d => d.GetAsync(data.DayPage), options.RoundTime);
        Task<double> Mvc() => Load.RateAsync(bare, d => d.GetAsync($"/mvc/{query}"), options.RoundTime);
        Task<double> Hand() => Load.RateAsync(bare, d => d.GetAsync($"/hand/{query}"), options.RoundTime);

        // The runtime compiles in the background what runs often: measured too early, half of the host's processor is its compiler.
        var (warming, warmed) = (Stopwatch.StartNew(), 0.0);
        while (warmed < (options.Small ? 300 : 5_000) && warming.Elapsed < TimeSpan.FromSeconds(90))
        {
            warmed += await Ours() * options.RoundTime.TotalSeconds;
            await Mvc();
            await Hand();
        }

        var (ours, mvc, hand) = (new List<double>(), new List<double>(), new List<double>());
        var (busy, requests) = (host.Processor(), 0.0);
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(await Ours());
            requests += ours[^1] * options.RoundTime.TotalSeconds;
            mvc.Add(await Mvc());
            hand.Add(await Hand());
        }

        Console.Error.WriteLine($"  host: {(host.Processor() - busy).TotalMilliseconds / requests:0.00} ms of processor a page");
        var alone = await Load.TimesAsync(options.Small ? 50 : 300, _ => desks[0].GetAsync(data.DayPage));
        return
        [
            new("Day page, 16 connections, to bare MVC + EF + Razor", PerSecond(ours.Median()), PerSecond(mvc.Median()), Times(ours.RatioTo(mvc)), "≥ 0.80", ours.RatioTo(mvc) >= 0.8),
            new("Day page, 16 connections, to hand-written Npgsql + strings", PerSecond(ours.Median()), PerSecond(hand.Median()), Times(ours.RatioTo(hand))),
            new("Day page, one connection, p50 / p99", $"{Ms(alone.Median())} / {Ms(alone.Percentile(99))}"),
        ];
    }
}
