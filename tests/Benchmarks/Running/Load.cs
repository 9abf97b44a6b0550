using System.Diagnostics;

namespace Modular.Benchmarks.Running;

/// <summary>A closed loop: every desk asks again as soon as it has its answer.</summary>
public static class Load
{
    /// <returns>Requests a second.</returns>
    public static async Task<double> RateAsync(IReadOnlyList<Desk> desks, Func<Desk, Task> ask, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(desks.Select(desk => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
            {
                await ask(desk);
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Milliseconds of each, one after the other.</summary>
    public static async Task<List<double>> TimesAsync(int times, Func<int, Task> ask)
    {
        var taken = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await ask(i);
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return taken;
    }
}
