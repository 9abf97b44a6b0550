namespace Modular.Sdk;

/// <summary>
/// Days of one place that are counted whole: what is added here replaces what was kept of these days before. Adding the same twice within one
/// count counts twice; counting the days twice does not.
/// </summary>
/// <param name="from">First day, included.</param>
/// <param name="to">Last day, included.</param>
/// <param name="location">The place, in whose zone the days are; null for the whole practice.</param>
/// <exception cref="ArgumentException">The last day is before the first.</exception>
public sealed class IndicatorDays(DateOnly from, DateOnly to, Location? location)
{
    /// <summary>Letters of a dimension's value that are kept.</summary>
    public const int LongestText = 80;

    private readonly List<IndicatorFact> facts = [];

    public DateOnly From { get; } = from;

    public DateOnly To { get; } = to >= from ? to : throw new ArgumentException("The last day is before the first.", nameof(to));

    public Location? Location { get; } = location;

    /// <summary>All that was added, in its order.</summary>
    public IReadOnlyList<IndicatorFact> Facts => facts;

    public bool Has(DateOnly day) => From <= day && day <= To;

    /// <summary>Counts something on a day.</summary>
    /// <param name="indicator">One of the source's.</param>
    /// <param name="value">What is added to a sum, a snapshot or the upper part of a ratio; of a distribution one measurement.</param>
    /// <param name="of">What is added to the lower part of a ratio; no other shape has one.</param>
    /// <param name="provider">Of an indicator that is counted by provider.</param>
    /// <param name="entity">The legal entity; that of the place when nobody says.</param>
    /// <param name="first">Value of the first dimension; cut after <see cref="LongestText"/> letters.</param>
    /// <param name="second">Value of the second dimension.</param>
    /// <exception cref="ArgumentException">The day is not one of these, or the indicator has no such part or dimension.</exception>
    public void Add(
        Indicator indicator, DateOnly day, decimal value, decimal of = 0, Guid? provider = null, Guid? entity = null, string? first = null,
        string? second = null)
    {
        var fault = !Has(day) ? $"{day:yyyy-MM-dd} is not one of the days that are counted"
            : indicator.PracticeWide != Location is null
                ? $"{indicator.Key} is counted {(indicator.PracticeWide ? "for the whole practice" : "place by place")}"
            : of != 0 && indicator.Shape != IndicatorShape.Ratio ? $"{indicator.Key} is no ratio"
            : provider is not null && !indicator.ByProvider ? $"{indicator.Key} is not counted by provider"
            : (first is not null && indicator.First is null) || (second is not null && indicator.Second is null)
                ? $"{indicator.Key} has no such dimension"
            : null;
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(indicator));
        }

        var measured = indicator.Shape == IndicatorShape.Distribution;
        facts.Add(new(indicator, day, provider, entity, Kept(first), Kept(second),
            measured ? indicator.BucketOf(value) : null, value, measured ? 1 : of));
    }

    private static string? Kept(string? text) =>
        Reading.Clean(text) is not { } clean ? null : clean.Length <= LongestText ? clean : clean[..LongestText];
}

/// <summary>What one <see cref="IndicatorDays.Add"/> said.</summary>
/// <param name="Bucket">Of a distribution, from 0.</param>
/// <param name="Base">The lower part of a ratio; 1 for a measurement.</param>
public sealed record IndicatorFact(
    Indicator Indicator, DateOnly Day, Guid? Provider, Guid? Entity, string? First, string? Second, int? Bucket, decimal Value, decimal Base);
