using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>The same day in a practice with a tenth of the patients and visits: a page must cost what it shows, not what is stored.</summary>
public static class Growth
{
    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, PracticeData small, PracticeData large, Options options)
    {
        var atSmall = await Desk.SignInAsync(host, small.Slug, "front-desk", 4);
        var atLarge = await Desk.SignInAsync(host, large.Slug, "front-desk", 4);
        var (few, many) = (new List<double>(), new List<double>());
        for (var round = -1; round < options.Rounds; round++)
        {
            var one = await Load.RateAsync(atSmall, d => d.GetAsync(small.DayPage), options.RoundTime);
            var other = await Load.RateAsync(atLarge, d => d.GetAsync(large.DayPage), options.RoundTime);
            // The first round warms both databases.
            if (round >= 0)
            {
                few.Add(1000 / one);
                many.Add(1000 / other);
            }
        }

        var ratio = many.RatioTo(few);
        return [new($"Day page, ten times the data ({small.Visits:N0} → {large.Visits:N0} visits), time a page", Ms(many.Median()), Ms(few.Median()), Times(ratio), "≤ 1.05", ratio <= 1.05)];
    }
}
