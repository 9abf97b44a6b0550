namespace Modular.Benchmarks;

public static class Statistics
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(50);

    /// <summary>Nearest rank; the median of an even number is the mean of the two in the middle.</summary>
    public static double Percentile(this IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new InvalidOperationException("Nothing was measured.");
        }

        return percent == 50 && sorted.Length % 2 == 0
            ? (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2
            : sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Rounds lie side by side in time, so a neighbor on the machine disturbs both of a pair: the ratio is taken pair by pair.</summary>
    public static double RatioTo(this IReadOnlyList<double> ours, IReadOnlyList<double> ceiling) => ours.Zip(ceiling, (a, b) => a / b).Median();
}
