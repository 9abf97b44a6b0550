using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Parts of an indicator added up, and the figure that they make.</summary>
public sealed class IndicatorTally
{
    private readonly SortedDictionary<int, (decimal Value, decimal Base)> buckets = [];

    public decimal Value { get; private set; }

    /// <summary>The lower part of a ratio; how many measurements a distribution has.</summary>
    public decimal Base { get; private set; }

    /// <summary>Whether any of its days was counted at all.</summary>
    public bool Counted { get; private set; }

    public void Add(int? bucket, decimal value, decimal of)
    {
        (Value, Base, Counted) = (Value + value, Base + of, true);
        if (bucket is { } number)
        {
            var kept = buckets.GetValueOrDefault(number);
            buckets[number] = (kept.Value + value, kept.Base + of);
        }
    }

    public void Add(IndicatorTally other)
    {
        foreach (var (bucket, (value, of)) in other.buckets)
        {
            Add(bucket, value, of);
        }

        if (other.buckets.Count == 0 && other.Counted)
        {
            Add(null, other.Value, other.Base);
        }

        Counted = other.Counted || Counted;
    }

    /// <summary>What is told of it; null when there is nothing to tell.</summary>
    public decimal? Figure(Indicator of) => !Counted ? null : of.Shape switch
    {
        IndicatorShape.Ratio => Base == 0 ? null : Value / Base,
        IndicatorShape.Distribution => Percentile(of, 0.5m),
        _ => Value,
    };

    /// <summary>
    /// The value that so many of the measurements do not exceed, on a line within its bucket; null without any. The open bucket is taken to
    /// end as far above its average as that lies above its beginning.
    /// </summary>
    /// <param name="share">0.5 for the median, 0.9 for the 90th percentile.</param>
    public decimal? Percentile(Indicator of, decimal share)
    {
        var (wanted, passed) = (Base * share, 0m);
        foreach (var (bucket, (value, count)) in buckets.Where(b => b.Value.Base > 0))
        {
            if (passed + count >= wanted)
            {
                var low = bucket == 0 ? Math.Min(0, of.Edges[0]) : of.Edges[bucket - 1];
                var high = bucket < of.Edges.Count ? of.Edges[bucket] : Math.Max(low, (2 * value / count) - low);
                return low + ((high - low) * (wanted - passed) / count);
            }

            passed += count;
        }

        return null;
    }
}
