using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>What a front desk types, one call after the other; beside each call one row read by its key through the same kind of server.</summary>
public static class Search
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, ServerProcess floor, Site site, PracticeData data, Options options)
    {
        using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
        using var bare = Desk.Nobody(floor);
        var asked = await Questions.DrawAsync(site, data, options.Small ? 200 : 1500);
        return
        [
            .. await OneAsync("Global search", q => desk.GetAsync($"/search?q={Uri.EscapeDataString(q)}", ("HX-Request", "true")), bare, asked),
            .. await OneAsync("Find a patient as you type", q => desk.GetAsync($"/patients?q={Uri.EscapeDataString(q)}", ("HX-Request", "true"), ("HX-Target", "patients")), bare, asked),
        ];
    }

    private static async Task<IReadOnlyList<Row>> OneAsync(string name, Func<string, Task> ask, Desk bare, IReadOnlyList<Question> asked)
    {
        foreach (var question in asked.Take(100))
        {
            await ask(question.Text);
            await bare.GetAsync($"/hand/key?id={question.Patient}");
        }

        var (ours, key) = (new List<double>(), new List<double>());
        foreach (var question in asked)
        {
            ours.AddRange(await Load.TimesAsync(1, _ => ask(question.Text)));
            key.AddRange(await Load.TimesAsync(1, _ => bare.GetAsync($"/hand/key?id={question.Patient}")));
        }

        foreach (var kind in asked.Zip(ours).GroupBy(x => x.First.Kind))
        {
            Console.Error.WriteLine($"  {kind.Key,-14} p50 {Ms(kind.Select(x => x.Second).Median())}, p99 {Ms(kind.Select(x => x.Second).Percentile(99))}, slowest: {kind.MaxBy(x => x.Second).First.Text}");
        }

        var (p50, p99) = (ours.Median(), ours.Percentile(99));
        return
        [
            new($"{name}, p50", Ms(p50), Ms(key.Median()), Times(ours.RatioTo(key)), "≤ 5 ms", p50 <= 5),
            new($"{name}, p99", Ms(p99), Ms(key.Percentile(99)), Times(p99 / key.Percentile(99)), "≤ 50 ms", p99 <= 50),
        ];
    }
}
